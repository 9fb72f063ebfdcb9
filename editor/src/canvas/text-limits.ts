/** As a flow file takes them (`flowLimits`, whose schema stays out of a first visit): what is longer could not be saved. */
export const nameCharsMax = 200
export const noteCharsMax = 10_000
