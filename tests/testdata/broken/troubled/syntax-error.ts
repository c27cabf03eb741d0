export default {{ question: "What if this is no program?"
