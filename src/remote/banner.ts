/** How much of the banner is kept, UTF-16 units. */
const maxLength = 4_096;

/** The banner that a server sends before the login (RFC 4252, 5.4): a notice for everyone, or why logins are refused. */
export class Banner {
  #text = '';

  /** Keeps the end: the reason follows the general notice. */
  add(text: string): void {
    this.#text = `${this.#text}${text}`.slice(-maxLength);
  }

  get text(): string {
    return this.#text;
  }
}
