// The bundles that the command line loads on first use: files next to it, or parts of the single file (scripts/bundles.mjs).
declare module 'stackprep:server' {
  export const serveStdio: import('../protocol/language-server.ts').LanguageServerModule['serveStdio'];
}
declare module 'stackprep:demo' {
  export const startDemo: import('../protocol/demo.ts').DemoModule['startDemo'];
}
