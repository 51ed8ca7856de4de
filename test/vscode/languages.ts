import type { Language } from './titles.ts';

/**
 * The display languages of a test that exists in both: `usual` alone in `npm test`, where every text is held by the tests of
 * the bundles, and both with `STACKPREP_UI_LANGUAGES=all`, which `npm run test:long` sets.
 */
export function languagesOf(usual: Language): readonly Language[] {
  return process.env.STACKPREP_UI_LANGUAGES === 'all' ? ['en', 'ko'] : [usual];
}
