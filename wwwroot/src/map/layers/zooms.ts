/** Far out the server tells how many entries of registers there are; from here on, each. */
export const singlesFrom = 10;
/** The farthest zoom at which the registers' tiles are asked for. */
export const registersFrom = 9;
