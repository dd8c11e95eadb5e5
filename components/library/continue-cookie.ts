/**
 * The cookie that tells the server to leave room for sermons that were begun on the home page. Which they are is known
 * to the browser alone, and without the room the page would jump when it shows them.
 */
export const continueCookie = 'selah-continue'
