/** The data directory or database cannot be used as it is. The message is for whoever runs the server. */
export class DatabaseUnusable extends Error {}
