const two = (value: number): string => String(value).padStart(2, '0');

/** `22:14` in this computer's time zone, with the date unless both times are of the same day. */
export function clockText(at: number, now: number): string {
  const date = new Date(at);
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
