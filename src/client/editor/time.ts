import { env } from 'vscode';

const dayMs = 24 * 60 * 60 * 1000;

/** Formats a time in the user's locale: the time of day, with `yesterday` or the date unless it is today. */
export function timeText(at: number): string {
  const date = new Date(at);
  const clock = { hour: '2-digit', minute: '2-digit' } as const;
  const isOn = (day: number): boolean => date.toDateString() === new Date(day).toDateString();
  if (isOn(Date.now())) return date.toLocaleString(env.language, clock);
  if (!isOn(Date.now() - dayMs))
    return date.toLocaleString(env.language, { month: 'short', day: 'numeric', ...clock });
  const yesterday = new Intl.RelativeTimeFormat(env.language, { numeric: 'auto' }).format(-1, 'day');
  return `${yesterday} ${date.toLocaleString(env.language, clock)}`;
}

/** Formats a time in the user's locale with its date and seconds; the same on every day. */
export function momentText(at: number): string {
  return new Date(at).toLocaleString(env.language, { dateStyle: 'medium', timeStyle: 'medium' });
}
