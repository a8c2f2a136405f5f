"""Runs the tuned model on the tickets of the test set, and writes evaluation.json, which the condition reads."""
import argparse
import json
from pathlib import Path

from rouge import rouge_l

BASE = Path("/opt/ml/processing")


def load_generator(folder):
    """Returns a function from a prompt to the model's answer."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, torch_dtype=torch.bfloat16, device_map="auto")

    def generate(prompt):
        tokens = tokenizer(prompt, return_tensors="pt").to(model.device)
        result = model.generate(**tokens, max_new_tokens=256, do_sample=False)
        return tokenizer.decode(result[0][tokens["input_ids"].shape[1]:], skip_special_tokens=True).strip()

    return generate


def evaluate(generate, tickets, template):
    answers = [generate(template["prompt"].format(**ticket)) for ticket in tickets]
    scores = [rouge_l(answer, ticket["answer"]) for answer, ticket in zip(answers, tickets)]
    return {
        "tickets": len(tickets),
        "rouge_l": sum(scores) / len(scores) if scores else 0.0,
        "empty_answers": sum(not answer for answer in answers),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--max-tickets", type=int, default=200)
    most = parser.parse_args().max_tickets
    lines = (BASE / "test/test.jsonl").read_text(encoding="utf-8").splitlines()
    template = json.loads((BASE / "test/template.json").read_text(encoding="utf-8"))
    result = evaluate(load_generator(BASE / "model"), [json.loads(line) for line in lines[:most]], template)
    folder = BASE / "evaluation"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(json.dumps(result), encoding="utf-8")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
