import { createContext } from './createContext';
import { start } from './start';

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
  throw error;
});

start(process.argv.slice(2), createContext()).then(exitCode => {
  process.exitCode = exitCode;
});
