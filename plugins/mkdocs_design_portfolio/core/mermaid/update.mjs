// Takes a new Mermaid into this package: the script that pages load, and the grammars that the checker reads.
//
//   npm pack mermaid@11 && tar xzf mermaid-11.*.tgz
//   node plugins/mkdocs_design_portfolio/core/mermaid/update.mjs package
//
// The script is the build of ES modules, of which a page loads what its diagrams need. Source maps stay behind, and
// `.mjs` becomes `.js`, which every web server knows as a script. The grammars are the parse tables and the lexers'
// rules of Mermaid's own parsers, as data; each action of a lexer is read into a few operations. An action that this
// does not understand ends it with an error, so that nothing is read wrongly.
import fs from "node:fs"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"

const source = path.resolve(process.argv[2] ?? "package")
const here = path.dirname(fileURLToPath(import.meta.url))
const assets = path.join(here, "../../theme/assets/design-portfolio/mermaid")
const grammars = path.join(here, "grammars")
const GRAMMARS = {
  flowchart: "flowDiagram",
  sequence: "sequenceDiagram",
  class: "classDiagram-v2",
  state: "stateDiagram-v2",
  er: "erDiagram",
  block: "blockDiagram",
  c4: "c4Diagram",
  gantt: "ganttDiagram",
  journey: "journeyDiagram",
  kanban: "kanban-definition",
  mindmap: "mindmap-definition",
  quadrant: "quadrantDiagram",
  requirement: "requirementDiagram",
  timeline: "timeline-definition",
  xychart: "xychartDiagram",
}
const { version } = JSON.parse(fs.readFileSync(path.join(source, "package.json"), "utf8"))

// The script ------------------------------------------------------------------------------------

const ENTRY = "mermaid.esm.min.mjs"
const CHUNKS = "chunks/mermaid.esm.min/"
const IMPORT = /(["'])(\.{1,2}\/[\w./-]+)\.mjs\1/g
const waiting = [ENTRY]
const taken = new Set(waiting)
for (const name of fs.readdirSync(assets, { withFileTypes: true }))
  if (!/^README/.test(name.name)) fs.rmSync(path.join(assets, name.name), { recursive: true })
while (waiting.length) {
  const name = waiting.pop()
  const text = fs.readFileSync(path.join(source, "dist", name), "utf8")
  for (const [, , target] of text.matchAll(IMPORT)) {
    const file = path.posix.join(path.posix.dirname(name), `${target}.mjs`)
    if (!taken.has(file) && fs.existsSync(path.join(source, "dist", file))) waiting.push(file) && taken.add(file)
  }
  const to = path.join(assets, name.replace(/\.mjs$/, ".js").replace(CHUNKS, "chunks/"))
  fs.mkdirSync(path.dirname(to), { recursive: true })
  fs.writeFileSync(to, text.replace(IMPORT, "$1$2.js$1").replaceAll(`./${CHUNKS}`, "./chunks/").replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "\n"))
}
fs.writeFileSync(
  path.join(assets, "LICENSE.txt"),
  `Mermaid ${version}, from the npm registry (https://mermaid.js.org)\n\n${fs.readFileSync(path.join(source, "LICENSE"), "utf8")}`,
)

// The grammars ----------------------------------------------------------------------------------

const SPACE = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"

// Rewrites a regular expression of JavaScript for Python's `re` with ASCII: what white space, `.` and `$` mean is said.
function forPython(pattern) {
  let out = ""
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]
    if (char === "[") {
      const end = classEnd(pattern, at)
      out += classForPython(pattern.slice(at, end + 1))
      at = end
    } else if (char === "\\") {
      at++
      if (pattern[at] === "s") out += `[${SPACE}]`
      else if (pattern[at] === "S") out += `[^${SPACE}]`
      else out += pattern[at] === "/" || pattern[at] === '"' ? pattern[at] : `\\${pattern[at]}`
    } else if (char === ".") out += "[^\\n\\r\\u2028\\u2029]"
    else if (char === "$") out += "\\Z"
    else if (char === "(" && pattern[at + 1] !== "?") out += "(?:"
    else out += char
  }
  return out
}

function classEnd(pattern, start) {
  for (let at = start + 1; ; at++) {
    if (pattern[at] === "\\") at++
    else if (pattern[at] === "]") return at
    else if (at >= pattern.length) throw new Error(`no end of the class in ${pattern}`)
  }
}

function classForPython(text) {
  if (text === "[\\s\\S]" || text === "[\\S\\s]" || text === "[^]") return "(?s:.)"
  if (text.includes("\\S")) throw new Error(`cannot rewrite ${text}`)
  const negated = text[1] === "^" ? "^" : ""
  let out = ""
  for (let at = 1 + negated.length; at < text.length - 1; at++) {
    const char = text[at]
    if (char === "\\") {
      at++
      out += text[at] === "s" ? SPACE : `\\${text[at]}`
    } else if (char === "-" && out && at < text.length - 2) out += "-"
    else out += /[\w\s]|[^\x00-\x7f]/.test(char) ? char : `\\${char}`
  }
  return `[${negated}${out}]`
}

// A quantified assertion (`(?!x)*`), which Python does not take, holds as often as one that is not quantified, or never.
function withoutQuantifiedAssertions(pattern) {
  let out = pattern
  for (let at = out.indexOf("(?!"); at >= 0; at = out.indexOf("(?!", at + 1)) {
    let depth = 0
    let end = at
    for (; end < out.length; end++) {
      if (out[end] === "\\") end++
      else if (out[end] === "[") end = classEnd(out, end)
      else if (out[end] === "(") depth++
      else if (out[end] === ")" && --depth === 0) break
    }
    if (out[end + 1] === "*") out = out.slice(0, at) + out.slice(end + 2)
    else if (out[end + 1] === "+") out = out.slice(0, end + 1) + out.slice(end + 2)
  }
  return out
}

const OPERATIONS = [
  [/^this\.(?:begin|pushState)\(['"]([\w-]+)['"]\);/, ([, state]) => ["begin", state]],
  [/^this\.popState\([^)]*\);/, () => ["pop"]],
  [/^return (\d+|"[^"]*"|'[^']*');/, ([, token]) => ["token", JSON.parse(token.replaceAll("'", '"'))]],
  [/^return yy_\.yytext\[0\];/, () => ["letter"]],
  [/^this\.less\(0\);/, () => ["again"]],
  [/^if \(yy\.lex\.firstGraph\(\)\) \{ this\.begin\("dir"\); \}/, () => ["first", "dir"]],
  [/^if \(!processId\(\)\) return;/, () => ["id"]],
  [/^throw new Error\([^;]*\);/, () => ["bad"]],
  [/^c;|^const re = [^;]*;|^yy_\.yytext = [^;]*;|^yy\.getLogger\(\)\.\w+\([^;]*\);|^yy\.logger\.\w+\([^;]*\);/, () => null],
]

function operations(body) {
  const found = []
  let rest = body.replace(/\s+/g, " ").trim()
  while (rest) {
    const known = OPERATIONS.find(([pattern]) => pattern.test(rest))
    if (!known) throw new Error(`an action that is not understood: ${rest}`)
    const match = rest.match(known[0])
    const operation = known[1](match)
    if (operation) found.push(operation)
    rest = rest.slice(match[0].length).trim()
    if (operation && ["token", "letter", "bad"].includes(operation[0])) break
  }
  return found
}

function grammarOf(parser) {
  const { lexer, symbols_, table, productions_, defaultActions } = parser
  const flags = new Set(lexer.rules.map((rule) => rule.flags))
  if (flags.size > 1) throw new Error("rules with other flags")
  const actions = lexer.performAction.toString()
  const bodies = new Map([...actions.matchAll(/case (\d+):\s*([\s\S]*?)\s*break;/g)].map(([, number, body]) => [Number(number), body]))
  const names = []
  for (const [name, number] of Object.entries(symbols_)) names[number] = name
  const rules = lexer.rules.map((rule, number) => {
    const pattern = withoutQuantifiedAssertions(rule.source.replace(/^\^/, ""))
    const done = bodies.has(number) ? operations(bodies.get(number)) : []
    const named = done.map(([name, value]) => (name === "token" ? [name, typeof value === "number" ? value : symbols_[value] ?? value] : value === undefined ? [name] : [name, value]))
    return [forPython(pattern), named]
  })
  const states = {}
  for (const [name, { rules: numbers }] of Object.entries(lexer.conditions)) states[name] = numbers
  const rows = table.map((row) => Object.fromEntries(Object.entries(row).map(([symbol, action]) => [symbol, Array.isArray(action) ? action.slice(0, 2) : action])))
  return { ignoreCase: flags.has("i"), symbols: names, productions: productions_, table: rows, defaults: defaultActions, rules, states }
}

fs.rmSync(grammars, { recursive: true, force: true })
fs.mkdirSync(grammars, { recursive: true })
const chunks = path.join(source, "dist/chunks/mermaid.esm")
for (const [name, start] of Object.entries(GRAMMARS)) {
  const file = fs.readdirSync(chunks).find((candidate) => candidate.startsWith(`${start}-`) && candidate.endsWith(".mjs"))
  const { diagram } = await import(pathToFileURL(path.join(chunks, file)))
  const grammar = grammarOf(diagram.parser.parser ?? diagram.parser)
  fs.writeFileSync(path.join(grammars, `${name}.json`), `${JSON.stringify({ mermaid: version, ...grammar })}\n`)
}
console.log(`Mermaid ${version}: ${taken.size} files, ${Object.keys(GRAMMARS).length} grammars`)
