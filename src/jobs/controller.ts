import { formats } from '../base/format.ts';
import { assign } from '../shell/file.ts';
import { loginLinkSh } from '../shell/login-link.sh.ts';
import { runnerSh } from '../shell/runner.sh.ts';
import { unitFolder } from '../shell/unit-folder.ts';
import { cancelSh } from './cancel.sh.ts';
import { controllerSh } from './controller.sh.ts';
import { forgetSh } from './forget.sh.ts';
import { othersSh } from './others.sh.ts';

/** The controller script, see controller.sh. ASCII, because the node reads it by its length in bytes. */
export const controller = [
  assign(controllerSh, {
    sj_runner: runnerSh.text,
    sj_unit_folder: unitFolder,
    sj_format: String(formats.job),
  }).shell,
  loginLinkSh.text,
  othersSh.text,
  forgetSh.text,
  cancelSh.text,
  controllerSh.text,
].join('');
