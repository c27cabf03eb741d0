export default { kind: "experiment" };
