/** The library's lists of algorithms, which it does not export; `SUPPORTED` are those of this crypto build. */
declare module 'ssh2/lib/protocol/constants.js' {
  const constants: Readonly<
    Record<
      | 'DEFAULT_KEX'
      | 'SUPPORTED_KEX'
      | 'SUPPORTED_SERVER_HOST_KEY'
      | 'DEFAULT_CIPHER'
      | 'SUPPORTED_CIPHER'
      | 'DEFAULT_MAC'
      | 'SUPPORTED_MAC',
      readonly string[]
    >
  >;
  export default constants;
}

/** The package has no types. */
declare module 'bcrypt-pbkdf' {
  const bcrypt: {
    readonly HASHSIZE: number;
    /** One round: `out` receives HASHSIZE bytes. Both hashes have 64. */
    hash(passHash: Uint8Array, saltHash: Uint8Array, out: Uint8Array): void;
  };
  export default bcrypt;
}
