/** Words with a meaning for a plain object, a list, a promise, a pattern or a path; any of them may occur in data from a node or a file. */
export const hostileWords: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...[
    'prototype',
    'length',
    'name',
    'call',
    'map',
    'then',
    'toJSON',
    'null',
    'undefined',
    'NaN',
    '-1',
    '{0}',
    '$&',
  ],
  ...['../../escaped', '/etc/passwd', '\u0000', '\u202e', '🦆'],
];
