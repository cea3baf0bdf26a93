import { resolve } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { officeSegments } from './paths.ts'
import { tokensCss } from './tokens.ts'

const root = import.meta.dirname
const service = process.env.SERVICE ?? 'http://localhost:3000'

/** `virtual:tokens.css` is made of tokens.ts. */
const tokens: Plugin = {
  name: 'tokens',
  resolveId: (id) => (id === 'virtual:tokens.css' ? `\0${id}` : undefined),
  load: (id) => (id === '\0virtual:tokens.css' ? tokensCss() : undefined),
}

/** The service's own pages beside the console. */
const pages = ['/api', '/sign-in', '/sign-out', '/password', '/a/', '/c/', '/health']

/** The service takes changes from its own origin alone, which a page of the development server is not. */
const proxy = Object.fromEntries(
  pages.map((path) => [
    path,
    { target: service, changeOrigin: true, headers: { origin: new URL(service).origin } },
  ]),
)

/**
 * The entries of a build. The phone's and the screen's are built by
 * themselves, because what is React in the office is Preact in them; the worker of the phone
 * keeps its name, and is served at an address of its own.
 */
const builds = {
  office: { input: { office: resolve(root, 'office.html') } },
  phone: { input: { phone: resolve(root, 'phone.html'), 'phone-worker': resolve(root, 'phone/worker.ts') } },
  screen: { input: { screen: resolve(root, 'screen.html') } },
}

const preact = [
  { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
  { find: 'react-dom/client', replacement: 'preact/compat/client' },
  { find: 'react', replacement: 'preact/compat' },
]

export default defineConfig(({ command, mode }) => ({
  root,
  appType: 'mpa',
  plugins: [tokens, ...(command === 'serve' ? [shellEverywhere()] : [])],
  define: { __BUILD__: JSON.stringify(process.env.BUILD_ID ?? '') },
  server: { proxy, port: 5173 },
  resolve: { alias: mode === 'phone' || mode === 'screen' ? preact : [] },
  build: {
    outDir: process.env.BUILD_FOLDER ?? resolve(root, '../../build'),
    emptyOutDir: false,
    manifest: `manifest-${mode}.json`,
    target: ['chrome109', 'safari16', 'firefox115'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      ...(builds[mode as keyof typeof builds] ?? builds.office),
      output: {
        entryFileNames: ({ name }) => (name === 'phone-worker' ? '[name].js' : 'assets/[name]-[hash].js'),
      },
      // Marks for servers that render React, which there is none of here.
      onLog(level, log, handle) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log)
      },
    },
  },
}))

/** While developing, every address of the office gets its page, as the service does it. */
function shellEverywhere(): Plugin {
  return {
    name: 'shell',
    configureServer({ middlewares }) {
      middlewares.use((request, _, next) => {
        const [, segment = ''] = (request.url ?? '').split(/[/?]/)
        if ((officeSegments as readonly string[]).includes(segment)) request.url = '/office.html'
        next()
      })
    },
  }
}
