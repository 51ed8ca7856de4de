import assert from 'node:assert/strict';
import { shellFiles, shellText } from '../../scripts/shell-files.ts';

/** Functions that save or restore for the step STEP_ID, with the words that they are given. */
const calls = /\bsp_(?:keep\w*|add_key|put_back\w*)\b([^\n;|&)}]*)/g;
/** Calls in which a word can only be a step: these take paths, or `first` and `last`, or nothing. */
const tooMuch =
  /\bsp_(?:keep_anew|keep_net|put_back_net) ["$\w]|\bsp_keep [a-z]|\bsp_put_back(?:_units)? \S+ ["$\w]/;

describe('STEP_ID, which the library sets', () => {
  for (const path of shellFiles())
    it(`is all that names a step in src/${path} where something is saved or restored`, () => {
      const code = shellText(path).replace(/^\s*#.*$/gm, '');
      const id = path.startsWith('steps/') ? path.split('/')[1] : undefined;
      for (const [call, words = ''] of code.matchAll(calls)) {
        assert.doesNotMatch(call, tooMuch);
        const unit = call.startsWith('sp_backup_unit');
        assert.ok(unit || id === undefined || !words.split(/\s+/).includes(id), call);
      }
      assert.equal(code.match(/\$sp_backups\/[^/\s]+\/[a-z]\S*/)?.[0], undefined);
    });
});
