/** The title of a recording without a title in its name and tags. */
export const untitledTitle = 'Untitled sermon'
