import type { ExtraRepository } from './model.ts';

/** Every URL of an extra repository: its mirrors, and the key of its packages. */
export function urlsIn({ baseurl = [], mirrorlist, metalink, gpgkey }: ExtraRepository): readonly string[] {
  return [...baseurl, mirrorlist, metalink, gpgkey].filter((url) => url !== undefined);
}
