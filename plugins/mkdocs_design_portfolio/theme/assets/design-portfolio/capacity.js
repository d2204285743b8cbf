/* Works out capacity blocks in the browser, by the rules of core/capacity and in the same order:
   tokens, parser, amounts, units, display, sheet. A test holds both against one table.

   calculate(language, blocks, spans, changes) -> { rows, spans }
     language  what core/capacity/language.py gives: units, words and limits
     blocks    the source of each block; spans: the code spans, each with its "="
     changes   by key of a name: { low, high } in base units, in place of what the author assumed */

class Mistake extends Error {
  constructor(start, fact, remedy = "") {
    super(fact)
    Object.assign(this, { start, fact, remedy })
  }
}

// tokens ---------------------------------------------------------------------------------------------

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"
const TOKEN = new RegExp([
  String.raw`(?<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?(?![0-9])|[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?(?:[eE][+\-]?[0-9]+)?|\.[0-9]+)`,
  `(?<raised>[${SUPERSCRIPTS}]+)`,
  String.raw`(?<word>[\p{L}\p{Nl}\p{No}][\p{L}\p{N}_'’]*)`,
  String.raw`(?<mark>\*\*|~=|[\-=≈~≅≃+−*×·⋅\/÷^\(\),±%])`,
].join("|"), "uy")
const SAME = { "−": "-", "×": "*", "·": "*", "⋅": "*", "÷": "/", "**": "^", "~": "≈", "~=": "≈", "≅": "≈", "≃": "≈" }
const MEANT = {
  "–": "write 'to' for a range, '-' for minus", "—": "write 'to' for a range, '-' for minus",
  $: "write 'USD' behind the number", "€": "write 'EUR' behind the number", "£": "write 'GBP' behind the number",
}

function tokensOf(line, start, end, limits) {
  if (end - start > limits.line) {
    throw new Mistake(start, `the line is longer than ${limits.line} characters`, "split it into several quantities")
  }
  const found = []
  const add = (kind, text, from, to, source) => found.push({ kind, text, start: from, end: to, source })
  const text = line.slice(0, end)
  for (let at = start; at < end;) {
    if (/\s/u.test(text[at])) { at += 1; continue }
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    if (!match) {
      const stranger = String.fromCodePoint(text.codePointAt(at))
      throw new Mistake(at, `'${stranger}' means nothing here`, MEANT[stranger] ?? "take it out")
    }
    const { number, raised, word } = match.groups
    const last = at + match[0].length
    if (raised) {
      const digits = [...raised].map((char) => (char === "⁻" ? "-" : SUPERSCRIPTS.indexOf(char))).join("")
      const exponent = digits.replaceAll("-", "")
      if (!exponent) throw new Mistake(at, `'${raised}' is no exponent`, "write '^' and a number")
      add("mark", "^", at, at, "")
      if (digits.startsWith("-")) add("mark", "-", at, last, "")
      add("number", exponent, at, last, raised)
    } else if (number) add("number", number, at, last, number)
    else if (word) add("word", word, at, last, word)
    else add("mark", SAME[match[0]] ?? match[0], at, last, match[0])
    at = last
  }
  found.push({ kind: "end", text: "", start: end, end, source: "" })
  return found
}

// units ----------------------------------------------------------------------------------------------

const PLAIN = { factor: 1, dims: {}, text: "" }
const sameDims = (a, b) => {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}

function timesDims(a, b, power = 1) {
  const dims = { ...a }
  for (const [name, exponent] of Object.entries(b)) {
    dims[name] = (dims[name] ?? 0) + exponent * power
    if (!dims[name]) delete dims[name]
  }
  return dims
}

function product(parts) {
  let factor = 1
  let dims = {}
  for (const [unit, power] of parts) {
    factor = power > 0 ? factor * unit.factor : factor / unit.factor
    dims = timesDims(dims, unit.dims, power)
  }
  return { factor, dims }
}

const behind = (unit, number) => {
  const text = number === "1" ? unit.one || unit.text : unit.text
  if (!text) return number
  return text.startsWith("/") ? `${number}${text}` : `${number} ${text}`
}

const isUpper = (words) => words === words.toUpperCase() && words !== words.toLowerCase()

function countingKey(words) {
  let stem = words.toLowerCase().replaceAll("’", "'")
  if (!stem.endsWith("ss")) stem = stem.replace(/s$/, "")
  stem = stem.replace(/e$/, "")
  return stem.endsWith("i") ? `${stem.slice(0, -1)}y` : stem
}

function plural(words) {
  if (isUpper(words)) return words
  if (words.endsWith("s") && !words.endsWith("ss")) return words
  if (/[^aeiou]y$/.test(words)) return `${words.slice(0, -1)}ies`
  return /(?:ss|x|sh|ch)$/.test(words) ? `${words}es` : `${words}s`
}

function singular(words) {
  if (words.endsWith("ies") && words.length > 4) return `${words.slice(0, -3)}y`
  if (/(?:ss|x|sh|[^a]ch)es$/.test(words)) return words.slice(0, -2)
  return words.endsWith("ss") || isUpper(words) ? words : words.replace(/s$/, "")
}

const SPOKEN = { day: "days", year: "years", month: "months", week: "weeks", bit: "bits" }
const COUNTED = ["query", "request", "transaction", "operation"]

class Speller {
  constructor(language) {
    this.language = language
    this.seen = {}
    this.spellings = new Map(Object.keys(language.units).map((name) => [name.toLowerCase(), name]))
  }

  standard(word) {
    const found = Object.hasOwn(this.language.units, word) ? this.language.units[word] : null
    return found && { factor: found[0], dims: found[1], text: word }
  }

  misspelt(word) {
    if (/^[kKmMgGtTpP]?b$/.test(word)) {
      const size = word.slice(0, -1).toUpperCase()
      return `'${word}' may be bits or bytes; write '${size}B' or '${size.replace("K", "k")}bit'`
    }
    if (/\p{N}/u.test(word)) return `'${word}' is no unit; write an operator before the number`
    if ([...word].length === 1) {
      const meant = { m: "'M' (million) or 'min'", d: "'day'", y: "'year'", G: "'GB' or 'billion'", w: "'week'" }
      return `'${word}' is no unit; write ${meant[word] ?? "the word in full"}`
    }
    const near = this.spellings.get(word.toLowerCase())
    return near ? `'${word}' is no unit; did you mean '${near}'?` : ""
  }

  counting(words) {
    const key = countingKey(words)
    this.seen[key] ??= words
    return { factor: 1, dims: { [key]: 1 }, text: words }
  }

  spell(dims, largest) {
    const data = dims.byte ?? 0
    const time = dims.second ?? 0
    const scales = {}
    if (time === -1 && (data === 0 || data === 1)) {
      scales.second = this.rate(largest)
      if (data) scales.byte = this.size(largest * this.standard(scales.second).factor)
    } else if (data === 1 && !time) scales.byte = this.size(largest)
    else if (time === 1 && !data) scales.second = this.time(largest)
    return this.unit(dims, scales)
  }

  unit(dims, scales) {
    const rank = (name) => (name === "second" ? 2 : name === "byte" ? 1 : 0)
    const names = Object.keys(dims).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    const parts = names.map((name) => {
      const shown = scales[name] ?? { byte: "B", second: "s" }[name] ?? name
      return { factor: this.standard(shown)?.factor ?? 1, power: dims[name], shown }
    })
    let factor = 1
    for (const part of parts) factor *= part.factor ** part.power
    const raised = (power) => (power > 1 ? `^${power}` : "")
    const over = (many) => parts.filter((part) => part.power > 0)
      .map((part) => this.word(part.shown, many) + raised(part.power)).join("·")
    const under = parts.filter((part) => part.power < 0)
      .map((part) => `/${this.word(part.shown, false)}${raised(-part.power)}`)
    return { factor, dims, text: over(true) + under.join(""), one: over(false) + under.join("") }
  }

  word(name, many) {
    if (Object.hasOwn(this.seen, name) || !this.standard(name)) {
      const words = Object.hasOwn(this.seen, name) ? this.seen[name] : name
      return many ? plural(words) : singular(words)
    }
    if (COUNTED.includes(name)) return many ? plural(name) : name
    return many && Object.hasOwn(SPOKEN, name) ? SPOKEN[name] : name
  }

  size(bytes) {
    const { sizes } = this.language
    return sizes.findLast((name) => bytes >= this.standard(name).factor) ?? sizes[0]
  }

  rate(perSecond) {
    const { times } = this.language
    const longer = times.slice(times.indexOf("s"))
    return longer.find((name) => perSecond * this.standard(name).factor >= 1) ?? longer.at(-1)
  }

  time(seconds) {
    const { times } = this.language
    const enough = (factor) => seconds >= factor * (factor > 1 ? 2 : 1)
    return times.findLast((name) => enough(this.standard(name).factor)) ?? times[0]
  }
}

// parser ---------------------------------------------------------------------------------------------

const keyOf = (name) => name.toLowerCase().trim().split(/\s+/u).join(" ")
const startOf = (node) => (node.type === "operation" ? startOf(node.left) : node.start)

class Parser {
  constructor(line, start, end, { names, speller }) {
    this.line = line
    this.names = names
    this.speller = speller
    this.language = speller.language
    this.tokens = tokensOf(line, start, end, this.language.limits)
    this.at = 0
    this.depth = 0
  }

  get token() { return this.tokens[this.at] }
  get shown() { return this.token.source ? `'${this.token.source}'` : "the end" }
  isMark(...marks) { return this.token.kind === "mark" && marks.includes(this.token.text) }
  isWord(...words) { return this.token.kind === "word" && words.includes(this.token.text.toLowerCase()) }
  scaleOf(token) {
    return token.kind === "word" && Object.hasOwn(this.language.scales, token.text) ? this.language.scales[token.text] : 0
  }
  isFunction(token) { return Object.hasOwn(this.language.functions, token.text) }

  next() {
    const { token } = this
    if (token.kind !== "end") this.at += 1
    return token
  }

  expect(mark, opening) {
    if (!this.isMark(mark)) throw new Mistake(opening.start, "this parenthesis is not closed", `add '${mark}'`)
    this.next()
  }

  nested(token, read) {
    this.depth += 1
    const { depth } = this.language.limits
    if (this.depth > depth) {
      throw new Mistake(token.start, `nested deeper than ${depth}`, "name a part of it on a line of its own")
    }
    const found = read()
    this.depth -= 1
    return found
  }

  statement() {
    const [first] = this.tokens
    const equals = this.tokens.findIndex((token) => token.kind === "mark" && token.text === "=")
    if (equals < 0) throw new Mistake(first.start, "this line names no quantity", "write 'name = value'")
    if (equals === 0) throw new Mistake(first.start, "a name is missing before '='", "write 'name = value'")
    const last = this.tokens[equals - 1]
    const name = this.line.slice(first.start, last.end).trim().split(/\s+/u).join(" ")
    this.checkName(name, this.tokens.slice(0, equals))
    this.at = equals + 1
    return { name, start: first.start, ...this.expression() }
  }

  checkName(name, tokens) {
    const [first] = tokens
    if (first.kind !== "word") {
      throw new Mistake(first.start, `a name begins with a letter, and this with '${first.source}'`, "rename it")
    }
    for (const token of tokens) {
      if (token.kind === "mark" && token.text !== "-") {
        throw new Mistake(token.start, `a name cannot hold '${token.source}'`, "write it in words and digits")
      }
    }
    if (tokens.length > 1) return
    const ofLanguage = this.language.reserved.includes(keyOf(name)) || this.isFunction(first) || this.scaleOf(first)
    const unit = this.speller.standard(name)
    const isMeasure = unit && Object.keys(unit.dims).every((base) => base === "byte" || base === "second")
    const what = ofLanguage ? "a word of the language" : isMeasure ? "a unit" : ""
    if (what) throw new Mistake(first.start, `'${name}' is ${what}`, "give the quantity another name")
  }

  expression() {
    const tree = this.sum()
    let target = null
    let targetStart = 0
    if (this.isWord("in")) {
      this.next()
      targetStart = this.token.start
      target = this.target()
    }
    const claim = this.isMark("≈", "=") ? this.claim() : null
    if (this.token.kind !== "end") throw this.unexpected()
    return { tree, target, targetStart, claim }
  }

  claim() {
    const exact = this.next().text === "="
    const value = this.signedLiteral()
    let tolerance = null
    if (this.isMark("±")) {
      this.next()
      tolerance = this.signedLiteral()
      if (tolerance.low < 0 || tolerance.low !== tolerance.high) {
        throw new Mistake(tolerance.start, "a tolerance is one number, not below zero", "write '± 20 %'")
      }
    }
    if (this.isMark("≈", "=")) throw new Mistake(this.token.start, "a second claim on one line", "keep one of them")
    return { exact, value, tolerance }
  }

  signedLiteral() {
    const minus = this.isMark("-") ? this.next() : null
    if (this.token.kind !== "number") {
      throw new Mistake(this.token.start, `expected a number, not ${this.shown}`, "write one, with its unit")
    }
    const found = this.literal(new Set())
    return minus ? { ...found, low: -found.high, high: -found.low, start: minus.start } : found
  }

  sum() {
    let left = this.productOf()
    while (this.isMark("+", "-")) {
      const mark = this.next()
      left = { type: "operation", mark: mark.text, left, right: this.productOf(), start: mark.start }
    }
    return left
  }

  productOf() {
    let left = this.signed()
    const isOf = () => this.isWord("of") && (left.type !== "literal" || left.unit.text === "%")
    while (this.isMark("*", "/") || this.isWord("x") || isOf()) {
      const mark = this.next()
      left = { type: "operation", mark: mark.text === "/" ? "/" : "*", left, right: this.signed(), start: mark.start }
    }
    return left
  }

  signed() {
    if (!this.isMark("-", "+")) return this.power()
    const sign = this.next()
    const operand = this.nested(sign, () => this.signed())
    return sign.text === "-" ? { type: "negation", operand, start: sign.start } : operand
  }

  power() {
    const left = this.operand()
    if (!this.isMark("^")) return left
    const mark = this.next()
    const before = this.tokens[this.at - 2]
    if (left.type === "literal" && left.unit.text && !(before.kind === "mark" && before.text === ")")) {
      throw new Mistake(mark.start, "it is unclear whether the unit is raised too", "put the base in parentheses")
    }
    return { type: "operation", mark: "^", left, right: this.nested(mark, () => this.signed()), start: mark.start }
  }

  operand() {
    const { token } = this
    if (token.kind === "number") return this.literal(this.names)
    if (this.isMark("(")) {
      this.next()
      const inner = this.nested(token, () => this.sum())
      this.expect(")", token)
      return inner
    }
    if (token.kind === "word") return this.wordOperand()
    throw new Mistake(token.start, `expected a number or a name, not ${this.shown}`, "write one")
  }

  wordOperand() {
    const { token } = this
    const count = this.nameLength(this.at)
    if (count) {
      const last = this.tokens[this.at + count - 1]
      this.at += count
      return { type: "name", key: keyOf(this.line.slice(token.start, last.end)), start: token.start }
    }
    const following = this.tokens[this.at + 1]
    if (this.isFunction(token) && following.kind === "mark" && following.text === "(") return this.call()
    const unit = this.speller.standard(token.text)
    if (unit) {
      this.next()
      return { type: "unit", unit, start: token.start }
    }
    if (this.language.reserved.includes(keyOf(token.text))) {
      throw new Mistake(token.start, `expected a number or a name, not '${token.text}'`, "write one")
    }
    let last = this.next()
    while (["word", "number"].includes(this.token.kind) && !["in", "x", "of"].includes(keyOf(this.token.text))) last = this.next()
    return { type: "name", key: keyOf(this.line.slice(token.start, last.end)), start: token.start }
  }

  call() {
    const name = this.next()
    const opening = this.next()
    const operands = this.nested(name, () => {
      const found = [this.sum()]
      while (this.isMark(",")) {
        this.next()
        found.push(this.sum())
      }
      return found
    })
    this.expect(")", opening)
    if (operands.length > 1 && !this.language.functions[name.text]) {
      throw new Mistake(name.start, `'${name.text}' takes one value, not ${operands.length}`, "give it one")
    }
    return { type: "call", name: name.text, operands, start: name.start }
  }

  nameLength(at) {
    const { start } = this.tokens[at]
    for (let end = Math.min(this.tokens.length - 1, at + 16); end > at; end -= 1) {
      if (this.names.has(keyOf(this.line.slice(start, this.tokens[end - 1].end)))) return end - at
    }
    return 0
  }

  literal(names) {
    const { start } = this.token
    const [number, scale] = this.number()
    let unit = this.unitOf(names)
    let low = number * scale
    let high = low
    const following = this.tokens[this.at + 1]
    if (this.isWord("to") && following.kind === "number") {
      const to = this.next()
      const [second, secondScale] = this.number()
      const secondUnit = this.unitOf(names)
      if (!unit && scale === 1) low = number * secondScale
      const first = unit ?? secondUnit ?? PLAIN
      const last = secondUnit ?? unit ?? PLAIN
      if (!sameDims(first.dims, last.dims)) {
        throw new Mistake(to.start, "the two ends of the range have different units", "give both the same")
      }
      low *= first.factor
      high = second * secondScale * last.factor
      if (low > high) throw new Mistake(start, "the range runs backwards", "put the smaller number first")
      unit = last
    } else {
      unit ??= PLAIN
      low *= unit.factor
      high = low
    }
    if (!Number.isFinite(high)) throw new Mistake(start, "the number is too large", "check its exponent")
    return { type: "literal", low, high, unit, start, scale }
  }

  number() {
    const value = Number(this.next().text.replace(/[,_]/g, ""))
    const scale = this.scaleOf(this.token)
    if (!scale) return [value, 1]
    this.next()
    return [value, scale]
  }

  unitOf(names) {
    const parts = []
    let text = ""
    if (this.isMark("%")) {
      this.next()
      parts.push([this.speller.standard("%"), 1])
      text = "%"
    } else if (this.isUnitWord(this.at)) {
      const unit = this.unitWord()
      parts.push([unit, 1])
      text = unit.text
    }
    while (this.continuesUnit(names)) {
      this.next()
      const unit = this.unitWord()
      parts.push([unit, -1])
      text += `/${unit.text}`
    }
    return parts.length ? { ...product(parts), text } : null
  }

  continuesUnit(names) {
    if (this.isWord("per")) return this.isUnitWord(this.at + 1)
    if (!this.isMark("/") || !this.isUnitWord(this.at + 1)) return false
    return !(names.size && this.nameLength(this.at + 1))
  }

  isUnitWord(at) {
    const token = this.tokens[at]
    if (token.kind !== "word" || this.language.reserved.includes(token.text.toLowerCase()) || this.scaleOf(token)) return false
    const following = this.tokens[at + 1]
    return !(this.isFunction(token) && following.kind === "mark" && following.text === "(")
  }

  unitWord() {
    const first = this.next()
    const unit = this.speller.standard(first.text)
    if (unit) return unit
    const wrong = this.speller.misspelt(first.text)
    if (wrong) {
      const [fact, remedy] = wrong.split("; ")
      throw new Mistake(first.start, fact, remedy)
    }
    let last = first
    while (this.isUnitWord(this.at) && !this.speller.standard(this.token.text)) last = this.next()
    return this.speller.counting(this.line.slice(first.start, last.end).split(/\s+/u).join(" "))
  }

  target() {
    if (this.isMark("%")) {
      this.next()
      return this.speller.standard("%")
    }
    if (!this.isUnitWord(this.at)) {
      throw new Mistake(this.token.start, `expected a unit, not ${this.shown}`, "write one, as in 'in GB/day'")
    }
    const first = this.unitWord()
    const parts = [[first, 1]]
    let { text } = first
    while ((this.isMark("/", "*") || this.isWord("per")) && this.isUnitWord(this.at + 1)) {
      const over = this.next().text === "*"
      const unit = this.unitWord()
      parts.push([unit, over ? 1 : -1])
      text += `${over ? "·" : "/"}${unit.text}`
    }
    return { ...product(parts), text }
  }

  unexpected() {
    const { token } = this
    if (this.isWord("to")) return new Mistake(token.start, "'to' stands between two numbers", "write a range as in '2 to 5 KB'")
    if (this.isMark(")")) return new Mistake(token.start, "this parenthesis was not opened", "take it out")
    if (this.isMark("±")) return new Mistake(token.start, "'±' belongs behind a claim", "write a range as in '2 to 5 KB'")
    return new Mistake(token.start, `expected an operator before '${token.source}'`, "write ×, /, + or - between them")
  }
}

// amounts --------------------------------------------------------------------------------------------

const refuse = (text) => {
  const [fact, remedy] = text.split("; ")
  return Object.assign(new Mistake(-1, fact, remedy), { refusal: true })
}

function checked(low, high, dims) {
  if (!Number.isFinite(low) || !Number.isFinite(high)) {
    throw refuse("the result is too large; check the exponents and factors")
  }
  return { low, high, dims }
}

const among = (values, dims) => checked(Math.min(...values), Math.max(...values), dims)

const OPERATIONS = {
  "+": (a, b) => checked(a.low + b.low, a.high + b.high, a.dims),
  "-": (a, b) => checked(a.low - b.high, a.high - b.low, a.dims),
  "*": (a, b) => among([a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high], timesDims(a.dims, b.dims)),
  "/": (a, b) => {
    if (b.low <= 0 && b.high >= 0) throw refuse("this divides by zero; give a divisor that cannot be zero")
    const dims = timesDims(a.dims, b.dims, -1)
    return among([a.low / b.low, a.low / b.high, a.high / b.low, a.high / b.high], dims)
  },
  "^": (a, b, { power }) => {
    const hasUnit = Object.keys(a.dims).length > 0
    if (Object.keys(b.dims).length || b.low !== b.high) {
      throw refuse("an exponent is a plain number; take its unit or range away")
    }
    if (Math.abs(b.low) > power) throw refuse(`the exponent is beyond ${power}; write the number itself`)
    const whole = Number.isInteger(b.low)
    if (hasUnit && !whole) throw refuse("a unit can only be raised to a whole power; divide the unit out first")
    if ((a.low < 0 && !whole) || (a.low <= 0 && a.high >= 0 && b.low < 0)) {
      throw refuse("this power has no value; give a base above zero")
    }
    const ends = [a.low ** b.low, a.high ** b.low]
    if (a.low < 0 && a.high > 0 && whole) ends.push(b.low ? 0 : 1)
    const dims = Object.fromEntries(Object.entries(a.dims).map(([name, exponent]) => [name, exponent * b.low]))
    return among(ends, b.low ? dims : {})
  },
}

const FUNCTIONS = {
  min: (all) => ({ low: Math.min(...all.map((a) => a.low)), high: Math.min(...all.map((a) => a.high)), dims: all[0].dims }),
  max: (all) => ({ low: Math.max(...all.map((a) => a.low)), high: Math.max(...all.map((a) => a.high)), dims: all[0].dims }),
  ceil: ([a]) => {
    if ("byte" in a.dims || "second" in a.dims) {
      throw refuse("'ceil' rounds counts, and this has a unit of data or time; divide by that unit first")
    }
    return { low: Math.ceil(a.low), high: Math.ceil(a.high), dims: a.dims }
  },
  sqrt: ([a]) => {
    if (a.low < 0) throw refuse("a negative number has no square root; give one from zero on")
    if (Object.values(a.dims).some((exponent) => exponent % 2)) {
      throw refuse("this unit has no square root; divide the unit out first")
    }
    const dims = Object.fromEntries(Object.entries(a.dims).map(([name, exponent]) => [name, exponent / 2]))
    return { low: Math.sqrt(a.low), high: Math.sqrt(a.high), dims }
  },
  log2: ([a]) => {
    if (Object.keys(a.dims).length) throw refuse("'log2' takes a plain number; divide the unit out first")
    if (a.low <= 0) throw refuse("'log2' takes a number above zero; give one")
    return { low: Math.log2(a.low), high: Math.log2(a.high), dims: {} }
  },
}

const DOING = { "+": "added to", "-": "taken from" }
const largest = (amount) => Math.max(Math.abs(amount.low), Math.abs(amount.high))
const named = (amount, speller) => speller.spell(amount.dims, largest(amount)).text || "a plain number"

function placed(start, work) {
  try {
    return work()
  } catch (error) {
    if (error.refusal) throw new Mistake(start, error.fact, error.remedy)
    throw error
  }
}

function evaluate(node, lookUp, speller) {
  const again = (inner) => evaluate(inner, lookUp, speller)
  switch (node.type) {
    case "literal": return { low: node.low, high: node.high, dims: node.unit.dims }
    case "name": return lookUp(node)
    case "unit": return { low: node.unit.factor, high: node.unit.factor, dims: node.unit.dims }
    case "negation": {
      const { low, high, dims } = again(node.operand)
      return { low: -high, high: -low, dims }
    }
    case "call": {
      const operands = node.operands.map(again)
      operands.forEach((operand, index) => {
        if (sameDims(operand.dims, operands[0].dims)) return
        const fact = `'${node.name}' compares ${named(operands[0], speller)} with ${named(operand, speller)}`
        throw new Mistake(startOf(node.operands[index]), fact, "bring all to one unit")
      })
      return placed(node.start, () => FUNCTIONS[node.name](operands))
    }
  }
  const left = again(node.left)
  const right = again(node.right)
  if (node.mark in DOING && !sameDims(left.dims, right.dims)) {
    const fact = `${named(right, speller)} cannot be ${DOING[node.mark]} ${named(left, speller)}`
    throw new Mistake(node.start, fact, "bring both to one unit")
  }
  const start = node.mark === "^" ? startOf(node.right) : node.start
  return placed(start, () => OPERATIONS[node.mark](left, right, speller.language.limits))
}

// display --------------------------------------------------------------------------------------------

const SCALES = [[1e15, ""], [1e12, " trillion"], [1e9, " billion"], [1e6, " M"]]
const SIGNS = { "*": "×", "/": "÷", "+": "+", "-": "−", "^": "^" }
const PRECEDENCE = { "+": 1, "-": 1, "*": 2, "/": 2, "^": 4 }
const exponentOf = (value) => Number(value.toExponential().split("e")[1])

function rounded(value, digits) {
  const places = value ? digits - 1 - exponentOf(value) : 0
  const text = value.toFixed(Math.min(100, Math.max(places, 0)))
  return text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text
}

function grouped(text) {
  const [whole, fraction] = text.split(".")
  const digits = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",")
  return fraction === undefined ? digits : `${digits}.${fraction}`
}

export function shownNumber(value, digits) {
  const size = Math.abs(value)
  if (size >= SCALES[0][0] || (size && size < 1e-6)) {
    const power = exponentOf(value)
    const mantissa = rounded(value / 10 ** power, digits)
    const [shown, exponent] = Math.abs(Number(mantissa)) < 10 ? [mantissa, power] : [String(Number(mantissa) / 10), power + 1]
    return `${shown} × 10^${exponent}`
  }
  const [scale, word] = SCALES.find(([least]) => size >= least) ?? [1, ""]
  const text = rounded(value / scale, digits)
  if (Math.abs(Number(text)) >= (scale === 1 ? 1e6 : 1e3)) return shownNumber(Number(text) * scale, digits)
  return `${grouped(text)}${word}`.replace("-", "−")
}

function shown(amount, unit, digits) {
  const number = (value) => shownNumber(value / unit.factor, digits)
  return behind(unit, amount.low === amount.high ? number(amount.low) : `${number(amount.low)} to ${number(amount.high)}`)
}

function working(node, valueOf, typed) {
  const bare = node.type === "negation" ? node.operand.type === "literal" : ["literal", "unit"].includes(node.type)
  return bare ? "" : written(node, valueOf, typed)
}

function written(node, valueOf, typed) {
  const inside = (inner, level) => {
    const text = written(inner, valueOf, typed)
    let binds = 5
    if (inner.type === "operation") binds = PRECEDENCE[inner.mark]
    else if (inner.type === "negation") binds = 3
    else if (text.includes(" to ") || (level >= 4 && /[ /]/.test(text))) binds = 0
    return binds < level ? `(${text})` : text
  }
  switch (node.type) {
    case "literal": return shown(node, node.unit, typed)
    case "name": return valueOf(node)
    case "unit": return `1 ${node.unit.text}`
    case "negation": return `−${inside(node.operand, 3)}`
    case "call": return `${node.name}(${node.operands.map((operand) => written(operand, valueOf, typed)).join(", ")})`
  }
  const level = PRECEDENCE[node.mark]
  const left = inside(node.left, level + (node.mark === "^" ? 1 : 0))
  const right = inside(node.right, level + ("-/".includes(node.mark) ? 1 : 0))
  return node.mark === "^" ? `${left}^${right}` : `${left} ${SIGNS[node.mark]} ${right}`
}

const typedUnit = (node) => {
  if (node.type === "negation") return typedUnit(node.operand)
  return node.type === "literal" ? node.unit : null
}

// claims ---------------------------------------------------------------------------------------------

function holds(claim, amount, tolerance) {
  const margin = (value) => {
    const slack = Math.abs(value) * 1e-9
    if (claim.exact) return slack
    const given = claim.tolerance
    if (!given) return Math.abs(value) * tolerance + slack
    return (given.unit.text === "%" ? Math.abs(value) * given.low : given.low) + slack
  }
  const { low, high } = claim.value
  if (low === high && amount.low !== amount.high && !claim.exact) {
    return amount.low - margin(low) <= low && low <= amount.high + margin(high)
  }
  return Math.abs(amount.low - low) <= margin(low) && Math.abs(amount.high - high) <= margin(high)
}

// sheet ----------------------------------------------------------------------------------------------

const COMMENT = /(?:^|\s)#\s*(.*)$/u

export function calculate(language, blocks, spans = [], changes = {}) {
  const speller = new Speller(language)
  const known = new Map()
  const [digits, typed] = language.digits

  function lookUp(name) {
    const found = known.get(name.key)
    if (found) return found.amount
    if (known.has(name.key)) throw new Mistake(name.start, `waits for '${name.key}'`)
    throw new Mistake(name.start, `nothing is named '${name.key}'`)
  }

  function workOut(expression, change) {
    const { tree, target, targetStart, claim } = expression
    let amount = evaluate(tree, lookUp, speller)
    if (change) amount = { ...change, dims: amount.dims }
    if (target && !sameDims(target.dims, amount.dims)) {
      const fact = `${named(amount, speller)} cannot be shown in ${target.text || "percent"}`
      throw new Mistake(targetStart, fact, "name a unit of the same kind")
    }
    const own = typedUnit(tree)
    const claimed = claim && claim.value.unit.text && sameDims(claim.value.unit.dims, amount.dims) ? claim.value.unit : null
    const unit = target ?? claimed ?? own ?? speller.spell(amount.dims, largest(amount))
    return { amount, unit, text: shown(amount, unit, own && unit === own ? typed : digits) }
  }

  const textOf = (name) => known.get(name.key)?.text ?? name.key
  const result = (expression, found) => {
    const { claim } = expression
    const fits = claim && sameDims(claim.value.unit.dims, found.amount.dims)
    return {
      text: found.text,
      working: working(expression.tree, textOf, typed),
      low: found.amount.low,
      high: found.amount.high,
      unit: speller.unit(found.amount.dims, {}).text,
      holds: claim ? Boolean(fits) && holds(claim, found.amount, language.tolerance) : true,
    }
  }

  const rows = blocks.flatMap((block) => block.split("\n").flatMap((line) => {
    const comment = COMMENT.exec(line)
    const end = comment ? comment.index : line.length
    if (!line.slice(0, end).trim()) return []
    let key = keyOf(line.slice(0, end).split("=")[0])
    try {
      const statement = new Parser(line, 0, end, { names: known, speller }).statement()
      key = keyOf(statement.name)
      if (known.has(key)) throw new Mistake(statement.start, `'${statement.name}' is declared already`)
      const found = workOut(statement, changes[key])
      known.set(key, found)
      const { tree } = statement
      const literal = tree.type === "negation" ? tree.operand : tree
      const assumed = typedUnit(tree) ? { unit: literal.unit, scale: literal.scale ?? 1 } : null
      return [{ key, name: statement.name, assumed, ...result(statement, found) }]
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      if (!known.has(key)) known.set(key, null)
      return [{ key, low: null, high: null, fact: error.fact, remedy: error.remedy, column: error.start + 1 }]
    }
  }))

  const inline = spans.map((code) => {
    try {
      const expression = new Parser(code, code.indexOf("=") + 1, code.length, { names: known, speller }).expression()
      return result(expression, workOut(expression))
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      return { low: null, high: null, fact: error.fact, column: error.start + 1 }
    }
  })
  return { rows, spans: inline }
}
