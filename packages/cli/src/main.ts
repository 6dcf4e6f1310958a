import { createContext } from './createContext';
import { run } from './run';

// A reader that goes away (`| head`) is no failure of ours.
process.stdout.on('error', error => {
  if ((error as NodeJS.ErrnoException).code === 'EPIPE') process.exit(0);
  throw error;
});

run(process.argv.slice(2), createContext()).then(exitCode => {
  process.exitCode = exitCode;
});
