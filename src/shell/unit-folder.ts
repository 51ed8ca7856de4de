/** systemd's folder for local units (systemd.unit(5), since before 219 of CentOS 7). */
export const unitFolder = '/etc/systemd/system';
