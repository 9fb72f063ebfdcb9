/** Of the product: told by the command line and the description of the API. */
export const version = '0.1.0'
