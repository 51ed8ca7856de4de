import { scriptFrom } from '../common/from-file.ts';
import { localeSh } from './locale.sh.ts';

export const script = scriptFrom(localeSh, ({ cluster }) => {
  const wanted = cluster.system.locale ?? 'en_US.UTF-8';
  const language = wanted.split('_')[0] ?? wanted;
  return { locale_wanted: wanted, locale_package: `glibc-langpack-${language}` };
});
