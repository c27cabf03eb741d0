export const question = "What if nothing is exported?";
