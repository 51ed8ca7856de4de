/** So much of what a server writes before the login is kept, UTF-16 units. */
const maxLength = 4_096;

/** What the server writes to the person before the login (RFC 4252, 5.4): a notice to everybody, or why nobody may log in now. */
export class Banner {
  #text = '';

  /** Keeps the end: a reason comes after the notice that everybody gets. */
  add(text: string): void {
    this.#text = `${this.#text}${text}`.slice(-maxLength);
  }

  get text(): string {
    return this.#text;
  }
}
