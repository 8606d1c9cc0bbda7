/**
 * CodeMirror's style modules as constructed style sheets.
 *
 * The package of this name puts a style element into the document, which a policy of `style-src 'self'` refuses. This one has the same
 * interface and adopts its rules with the document instead, which the policy allows. The build replaces the package by it.
 */

type Value = string | number | null | undefined;
export type Style = { [property: string]: Value | Style };

const sheets = new WeakMap<Document | ShadowRoot, { sheet: CSSStyleSheet; modules: StyleModule[] }>();
let names = 0;

export class StyleModule {
  readonly rules: string[] = [];

  constructor(spec: { [selector: string]: Style }, options?: { finish?(selector: string): string }) {
    const finish = options?.finish;
    for (const selector in spec) render(split(selector), spec[selector], this.rules, finish, false);
  }

  getRules(): string {
    return this.rules.join("\n");
  }

  static newName(): string {
    return "cmx" + (++names).toString(36);
  }

  /** Makes the rules of all modules hold in root, in their order. */
  static mount(root: Document | ShadowRoot, modules: StyleModule | readonly StyleModule[]): void {
    let set = sheets.get(root);
    if (!set) {
      set = { sheet: new CSSStyleSheet(), modules: [] };
      sheets.set(root, set);
      // Adopted sheets come after linked ones: the page's rules win by naming one class more.
      root.adoptedStyleSheets = [set.sheet, ...root.adoptedStyleSheets];
    }
    const list = Array.isArray(modules) ? (modules as readonly StyleModule[]) : [modules as StyleModule];
    const order = [...list, ...set.modules.filter((m) => !list.includes(m))];
    if (order.length === set.modules.length && order.every((m, i) => m === set.modules[i])) return;
    set.modules = order;
    set.sheet.replaceSync(order.map((m) => m.getRules()).join("\n"));
  }
}

function split(selector: string): string[] {
  return selector.startsWith("@") ? [selector] : selector.split(/,\s*/);
}

function render(
  selectors: string[], spec: Style | Value, target: string[], finish: ((s: string) => string) | undefined, inKeyframes: boolean,
): void {
  const at = /^@(\w+)\b/.exec(selectors[0]);
  const keyframes = at !== null && at[1] === "keyframes";
  if (at && spec == null) {
    target.push(selectors[0] + ";");
    return;
  }
  const local: string[] = [];
  for (const property in spec as Style) {
    const value = (spec as Style)[property];
    if (property.includes("&")) {
      const nested = property.split(/,\s*/).flatMap((part) => selectors.map((s) => part.replace(/&/, s)));
      render(nested, value, target, finish, false);
    } else if (value && typeof value === "object") {
      if (!at) throw new RangeError(`The value of a property (${property}) should be a primitive value.`);
      render(split(property), value, local, finish, keyframes);
    } else if (value != null) {
      local.push(property.replace(/_.*/, "").replace(/[A-Z]/g, (l) => "-" + l.toLowerCase()) + ": " + String(value) + ";");
    }
  }
  if (local.length > 0 || keyframes) {
    const shown = finish && !at && !inKeyframes ? selectors.map(finish) : selectors;
    target.push(shown.join(", ") + " {" + local.join(" ") + "}");
  }
}
