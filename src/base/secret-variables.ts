/** The environment variable with the password for sudo, for use without a terminal. */
export const sudoVariable = 'STACKPREP_SUDO_PASSWORD';

/** The environment variable of a secret: STACKPREP_SECRET_RABBIT_PASSWORD for `rabbit-password`. */
export function secretVariable(name: string): string {
  return `STACKPREP_SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
}
