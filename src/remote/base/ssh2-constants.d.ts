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
