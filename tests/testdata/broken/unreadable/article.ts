throw new Error("the ledger is gone");
