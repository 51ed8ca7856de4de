/** The days up to which the sources of dated facts were read, year-month-day; what changed later is not in the tables. */
export const asOf = {
  /** Dates and phases of the OpenStack releases; source REL. */
  releases: '2026-08-21',
  /** Packages of RDO; source RW. */
  rdo: '2026-08-14',
} as const;
