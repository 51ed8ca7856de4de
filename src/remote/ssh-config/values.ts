/** Values by lower-case keyword, as printed by `ssh -G`. */
export type ConfigValues = ReadonlyMap<string, readonly string[]>;
