// The borders of docs/architecture.md. Each rule has a failing fixture in test/borders/fixtures/<rule>/.

/** An npm package, wherever its node_modules lies, its types included. */
const npm = (...names) => `(?:^|/)node_modules/(?:@types/)?(?:${names.join('|')})(?:/|$)`;
// Bare names too: an import that cannot be resolved keeps its name.
const electron = [npm('electron'), '^electron$', '^electron/(?:main|renderer|common|utility)$'];
// A test beside the code may use fakes and test libraries; what ships may not.
const testFile = '\\.test\\.tsx?$';

const rule = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [testFile, ...(from.pathNot ?? [])] },
  to,
});

module.exports = {
  forbidden: [
    rule('no-cycles', 'Modules that need each other are one module.', {}, { circular: true }),
    rule(
      'not-unresolvable',
      'An import nobody can follow hides what lies behind it from every other rule.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'shared-only-zod',
      'shared/ is read by every part: it reaches zod and itself, nothing else.',
      { path: '^shared/' },
      { pathNot: ['^shared/', npm('zod')] },
    ),
    rule(
      'core-not-electron',
      'The core is plain Node: it does not reach Electron, not even through others.',
      { path: '^electron/core/' },
      { path: electron, reachable: true },
    ),
    rule(
      'core-not-shell',
      'The core knows neither its host nor its screens.',
      { path: '^electron/core/' },
      { path: ['^electron/(?!core/)', '^renderer/'] },
    ),
    rule(
      'domain-pure',
      'Domain rules are pure: shared/ and themselves only.',
      { path: '^electron/core/domain/' },
      { pathNot: ['^shared/', '^electron/core/domain/'] },
    ),
    rule(
      'store-below-services',
      'The store serves the layers above and does not call them.',
      { path: '^electron/core/store/' },
      { path: '^electron/core/(?:services|api|sync|mail)/' },
    ),
    rule(
      'secrets-apart',
      'What holds the key of the secrets knows ports and shared/ only.',
      { path: '^electron/core/secrets/' },
      { path: '^(?:electron|renderer)/', pathNot: ['^electron/core/(?:secrets|ports)/'] },
    ),
    rule(
      'remote-wire-apart',
      'Only what makes a remote names the folder that knows its wire; the engine knows the port.',
      {
        path: '^electron/core/',
        pathNot: ['^electron/core/sync/remotes/', '^electron/core/sync/account/openRemote\\.ts$'],
      },
      { path: '^electron/core/sync/remotes/' },
    ),
    rule(
      'remote-adapter-thin',
      'An adapter turns calls into requests: it knows ports and the port it serves, and no desk.',
      { path: '^electron/core/sync/remotes/' },
      { path: '^electron/core/(?:store|services|api|mail)/' },
    ),
    rule(
      'sqlite-only-in-store',
      'SQL lives in the store.',
      { path: '^(?:electron|renderer|shared)/', pathNot: ['^electron/core/store/'] },
      { path: npm('better-sqlite3') },
    ),
    rule(
      'api-not-store',
      'The API goes through services: they hold the transaction, the operation log and the event.',
      { path: '^electron/core/api/' },
      { path: '^electron/core/store/' },
    ),
    rule(
      'renderer-not-node',
      'The renderer runs in any browser.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'renderer-not-electron',
      'The renderer talks HTTP and window.desktop; the one exception is the type of the app router.',
      { path: '^renderer/', pathNot: ['^renderer/api/client\\.ts$'] },
      { path: ['^electron/', ...electron] },
    ),
    rule(
      'client-only-router',
      'The typed client takes one thing from the core: the type of the app router.',
      { path: '^renderer/api/client\\.ts$' },
      { path: ['^electron/', ...electron], pathNot: ['^electron/core/api/app/'] },
    ),
    rule(
      'client-router-type-only',
      'The app router is imported as a type: its code stays out of the window.',
      { path: '^renderer/api/client\\.ts$' },
      { path: '^electron/', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'features-apart',
      'A feature uses another one only through its index.ts.',
      { path: '^renderer/features/([^/]+)/' },
      {
        path: '^renderer/features/[^/]+/',
        pathNot: ['^renderer/features/$1/', '^renderer/features/[^/]+/index\\.tsx?$'],
      },
    ),
    rule(
      'product-not-test',
      'What ships does not lean on tests.',
      { path: '^(?:electron|renderer|shared)/' },
      { path: ['^test/', testFile] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Types count: a border is about who knows whom.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json', '.css', '.d.ts'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
