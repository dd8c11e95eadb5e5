/** While a data folder contains this folder, a restore has not finished and Selah does not start. */
export const restoringName = '.restoring'

/** A data folder contains this file from its restore until its first start. */
export const restoredName = '.restored'
