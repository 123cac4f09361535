/** Imports point one way: domain ← dialog ← app ← {store, queue, channels, export, local} ← the files beside src/main.ts. */
const EDGES = ['store', 'queue', 'channels', 'export', 'local']
const edge = `^src/(?:${EDGES.join('|')})/`

/** Puts the local mode together, as src/service.ts does the service: the one file among the edges that knows others. */
const LOCAL_MODE = '^src/local/local\\.ts$'

/** A package, wherever it is installed. */
const packages = (...names) => `(?:^|/)node_modules/(?:${names.join('|')})/`

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-knows-nobody',
      comment:
        'The rules of absence work are read, tested and trusted on their own: they outlive every tool around them.',
      severity: 'error',
      from: { path: '^src/domain/' },
      to: { path: '^src/(?!domain/)' },
    },
    {
      name: 'dialog-knows-only-the-domain',
      comment:
        'A dialog runs the same in Teams, in Slack, in a transcript and in a terminal, so it knows none of them.',
      severity: 'error',
      from: { path: '^src/dialog/' },
      to: { path: '^src/(?!domain/|dialog/)' },
    },
    {
      name: 'app-knows-only-ports',
      comment:
        'What the core needs from outside it asks for in app/ports.ts; whoever provides it is chosen in one place.',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/(?!domain/|dialog/|app/)' },
    },
    {
      name: 'edges-are-put-together-outside',
      comment:
        'An edge (state, time, a channel, a file format) can be replaced only while it does not know the composition.',
      severity: 'error',
      from: { path: edge, pathNot: LOCAL_MODE },
      to: { path: '^src/[^/]+$' },
    },
    {
      name: 'edges-do-not-meet',
      comment: 'Two edges that know each other can no longer be replaced one by one; what both need belongs in app.',
      severity: 'error',
      from: { path: `^src/(${EDGES.join('|')})/`, pathNot: LOCAL_MODE },
      to: { path: edge, pathNot: '^src/$1/' },
    },
    {
      name: 'channels-do-not-meet',
      comment: 'Teams and Slack each speak to the core only: a third channel is then a folder, not a rewrite.',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/', pathNot: '^src/channels/$1/' },
    },
    {
      name: 'botbuilder-only-in-teams',
      comment: 'The Bot Framework SDK is no longer developed: leaving it must touch one folder.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/channels/teams/' },
      to: { path: packages('botbuilder[^/]*', 'botframework-[^/]+') },
    },
    {
      name: 'slack-only-in-slack',
      comment: "Slack's shapes are translated once, at its own edge.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/channels/slack/' },
      to: { path: packages('@slack/[^/]+') },
    },
    {
      name: 'core-is-pure',
      comment:
        'No clock, file, network or chance: the same input gives the same result, so a test is a table of examples.',
      severity: 'error',
      from: { path: '^src/(?:domain|dialog)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'one-place-fills-in-templates',
      comment: 'A second expansion would evaluate what a user typed: it happens in one file that guards against it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/app/card-filling\\.ts$' },
      to: { path: packages('adaptivecards-templating') },
    },
    {
      name: 'one-place-evaluates-expressions',
      comment:
        'The language of conditions is parsed in one file and evaluated in another; the templates bring their own use of it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(?:dialog/(?:expressions|evaluation)|app/card-filling)\\.ts$' },
      to: { path: packages('adaptive-expressions') },
    },
    {
      name: 'http-knows-nobody',
      comment: 'What both channels call out through: as soon as it knows one of them, they have met.',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/(?!http/)' },
    },
    {
      name: 'no-circle',
      comment:
        'Code in a circle can only be understood, tested and loaded together. Types may name each other: nothing runs.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphan',
      comment:
        'A file that nobody imports is either dead or was forgotten. Specs, scripts and the two programs are starts.',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/(?:main|cli)\\.ts$', '^scripts/', '\\.spec\\.ts$', '^test/bench/'] },
      to: {},
    },
    {
      name: 'product-without-tests',
      comment: 'The product starts where there are no tests; what both need belongs in src.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'product-without-tools',
      comment:
        'A production machine has no development packages. The local mode starts the Playground by its path, as a process.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: packages('@types/[^/]+') },
    },
    {
      name: 'every-import-is-there',
      comment:
        'An import that cannot be found fails at start; an unlisted package disappears with the one that brought it.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['unknown', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    // TypeScript 7 offers no parser to other programs; this one also sees imports of types alone.
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    // What the bench compares with has packages of its own, which only the bench installs.
    exclude: { path: '^test/bench/peers/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
  },
}
