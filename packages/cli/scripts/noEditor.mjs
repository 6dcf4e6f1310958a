// Stands in for the prompt that opens a text editor: none of ours does, and its tables of encodings are large.
export default undefined;
