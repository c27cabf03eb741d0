throw new Error("a helper is not to be imported for its own sake");
