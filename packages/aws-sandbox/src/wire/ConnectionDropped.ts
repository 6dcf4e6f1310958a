/** Says that a call gets no answer at all: the connection is gone, or a fault cuts it. */
export class ConnectionDropped extends Error {}
