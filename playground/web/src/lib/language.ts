/**
 * Stands for CodeMirror's package for programming languages and the parser framework behind it. Its commands import them for indenting and
 * for walking by syntax; the page binds none of those, for a transcript is in no such language. The build replaces the packages by this.
 */
function none(): never {
  throw new Error("no command of the page asks for a language");
}

export { none as getIndentation, none as getIndentUnit, none as indentString, none as matchBrackets, none as syntaxTree };
export class IndentContext {}
export class NodeProp {}
export const indentUnit = undefined;
