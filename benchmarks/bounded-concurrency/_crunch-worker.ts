import { parentPort, workerData } from "node:worker_threads";
import crunch from "./_crunch.ts";

parentPort!.postMessage(crunch(workerData as number));
