import { msg } from '../../base/l10n.ts';
import { oneLine } from '../../base/visible.ts';
import type { LoginEnd, LoginPlan, LoginSteps, Refusal } from './login-plan.ts';

type Offered = Refusal['offered'];

/**
 * The password method, with repeated prompts. Returns what else the server accepts, or the end: after wrong passwords no other
 * method asks for the same one again.
 */
export async function* tryPasswords(plan: LoginPlan, offered: Offered): LoginSteps<Offered | LoginEnd> {
  if (!offered.includes('password')) return offered;
  for (let attempt = 1; attempt <= plan.attempts; attempt++) {
    const password = await plan.questions.password(attempt);
    if (password === undefined) return 'cancelled';
    if (typeof password === 'object') {
      plan.unasked();
      plan.tried.push(msg('password: offered, but there is no terminal to enter it'));
      return 'exhausted';
    }
    const refusal = yield { type: 'password', username: plan.user, password };
    if (refusal.partial) {
      plan.tried.push(msg('password: accepted, but another method is required'));
      return refusal.offered;
    }
    if (attempt === 1) plan.tried.push(msg('password: wrong'));
    if (!refusal.offered.includes('password')) return 'exhausted';
  }
  return 'exhausted';
}

/** The keyboard-interactive method (RFC 4256): the server asks its own questions, such as one-time codes. */
export async function* tryKeyboard(plan: LoginPlan, offered: Offered): LoginSteps<void> {
  let accepts = offered;
  for (let attempt = 1; attempt <= plan.attempts && accepts.includes('keyboard-interactive'); attempt++) {
    let asked = 0;
    let isUnasked = false;
    const answer = async (prompts: readonly { prompt: string; echo?: boolean }[]) => {
      const answers: string[] = [];
      for (const { prompt, echo = false } of prompts) {
        asked++;
        const text = await plan.questions.keyboard(prompt, echo, attempt);
        if (typeof text === 'object') {
          isUnasked = true;
          plan.tried.push(
            msg('keyboard-interactive: asks "{0}", but there is no terminal to answer', oneLine(prompt)),
          );
          return [];
        }
        if (text === undefined) return undefined;
        answers.push(text);
      }
      return answers;
    };
    const refusal = yield {
      type: 'keyboard-interactive',
      username: plan.user,
      // Preceded by name, instructions and language.
      prompt: (...[, , , prompts, finish]) => {
        answer(prompts)
          .then((answers) => {
            if (isUnasked) plan.giveUp();
            else if (answers) finish(answers);
            else plan.cancel();
          })
          .catch(plan.broken);
      },
    };
    if (attempt === 1) plan.tried.push(msg('keyboard-interactive: answers not accepted'));
    accepts = refusal.offered;
    if (asked === 0) return;
  }
}
