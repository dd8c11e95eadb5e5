/** The title that is stored for a recording whose name and tags say none. */
export const untitledTitle = 'Untitled sermon'
