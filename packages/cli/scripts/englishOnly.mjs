/** Leaves the texts of zod in other languages out: half of its size, and never shown. */
export const englishOnly = {
  name: 'english-only',
  setup(build) {
    build.onResolve({ filter: /\/locales\/index\.js$/ }, args =>
      args.importer.includes('/zod/')
        ? build.resolve(args.path.replace('index.js', 'en.js'), {
            kind: args.kind,
            importer: args.importer,
            resolveDir: args.resolveDir,
          })
        : undefined,
    );
  },
};
