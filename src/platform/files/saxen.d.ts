/** saxen ships no types; these are the parts used here. */
declare module 'saxen' {
  export class Parser {
    on(
      event: 'openTag',
      handle: (
        name: string,
        attributes: () => Record<string, string>,
        decode: unknown,
        selfClosing: boolean,
      ) => void,
    ): this
    on(event: 'closeTag', handle: (name: string) => void): this
    on(event: 'text' | 'cdata' | 'attention', handle: (text: string) => void): this
    on(event: 'error' | 'warn', handle: (problem: Error) => void): this
    write(xml: string): this
    end(): void
  }
}
