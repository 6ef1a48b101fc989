/** The estate, or a resource added to it, is not what sandbox/README.md describes. */
export class EstateError extends Error {}
