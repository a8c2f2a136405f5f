;;; pipe-mode.el --- Major mode for SageMaker pipelines in .pipe files -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; URL: https://aws.amazon.com/sagemaker/pipelines/
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; Highlighting, indentation and imenu for the programs that sagepipec compiles to
;; Amazon SageMaker pipelines, and its language server for Eglot:
;;
;;     (require 'pipe-mode)
;;     (add-hook 'pipe-mode-hook #'eglot-ensure)
;;
;; Settings of the server are given as in `eglot-workspace-configuration':
;;
;;     (setq-default eglot-workspace-configuration
;;                   '(:sagepipec (:region "us-west-2" :set (:env "prod"))))

;;; Code:

(require 'subr-x)

(declare-function eglot-current-server "eglot")
(declare-function jsonrpc-request "jsonrpc")
(defvar eglot-server-programs)

(defgroup pipe nil
  "SageMaker pipelines in .pipe files."
  :group 'languages
  :prefix "pipe-")

(defcustom pipe-indent-offset 4
  "How many columns a level is indented."
  :type 'integer
  :safe #'integerp)

(defcustom pipe-compiler "sagepipec"
  "The compiler: a path, or a name on variable `exec-path'."
  :type 'string
  :risky t)

;; The words of the compiler's lexer, group by group.  All but the reserved ones
;; mean something in their place only and are names elsewhere.

(defconst pipe-reserved-words
  '("true" "false" "null" "and" "or" "not" "in" "for" "if" "else"))

(defconst pipe-declaration-words
  '("import" "pipeline" "param" "config" "let" "step" "condition" "kind" "component"
    "export" "use" "defaults" "function" "schedule" "assert" "shape" "enum" "type" "test"))

(defconst pipe-clause-words
  '("depends" "cache" "retry" "property" "output" "when" "given" "expect" "arguments"
    "keys" "properties" "clauses" "require" "terminal" "advise" "writes" "deploys" "needs"))

(defconst pipe-inner-words
  '("as" "from" "on" "off" "file" "at" "without" "by" "literal" "exactly" "least" "most"
    "one" "of" "below"))

(defconst pipe-types
  '("String" "Integer" "Float" "Boolean" "Scalar" "Any" "List" "Map"))

(defconst pipe--start "\\(?:^\\|[{},]\\)[ \t]*"
  "Where a declaration, clause or field begins.")

(defconst pipe--begins-statement
  (concat "[ \t]*" (regexp-opt (append pipe-declaration-words pipe-clause-words) 'symbols)))

(defun pipe--match-word (words limit behind)
  "Find one of WORDS at the start of a statement before LIMIT.
BEHIND is a regular expression for what stands behind it."
  (let ((pattern (concat pipe--start (regexp-opt words 'symbols)))
        found)
    (while (and (not found) (re-search-forward pattern limit t))
      (let ((data (match-data)))
        (goto-char (match-end 1))
        (if (and (looking-at behind) (not (looking-at "[ \t]*\\??[ \t]*:")))
            (setq found data))))
    (when found
      (set-match-data found)
      t)))

(defun pipe--match-declaration (limit)
  "Find the word of a declaration before LIMIT."
  (pipe--match-word pipe-declaration-words limit "[ \t]+[\"{([[:alnum:]_-]\\|[ \t]*\\["))

(defun pipe--match-clause (limit)
  "Find the word of a clause before LIMIT."
  (pipe--match-word pipe-clause-words limit "[ \t]*$\\|[ \t]*}\\|[ \t]+[\"{([[:alnum:]_-]"))

(defconst pipe-font-lock-keywords
  `(("\\_<[[:alpha:]_][[:alnum:]_]*(" (0 nil)
     ("\\_<[[:alpha:]_][[:alnum:]_]*" (progn (goto-char (match-beginning 0)) (1- (match-end 0))) nil
      (0 font-lock-function-name-face)))
    (pipe--match-declaration
     (1 font-lock-keyword-face t)
     ("\\=[ \t]+\\([[:alpha:]_][[:alnum:]_]*\\)" nil nil (1 font-lock-variable-name-face t)))
    (pipe--match-clause (1 font-lock-keyword-face t))
    (,(concat pipe--start "\\([[:alpha:]_][[:alnum:]_]*\\)[ \t]*\\??[ \t]*:")
     (1 font-lock-property-face-or-other))
    ("(\\([[:alpha:]_][[:alnum:]_]*\\)[ \t]*\\??[ \t]*:" (1 font-lock-property-face-or-other)))
  "Rules of highlighting.")
(provide 'pipe-mode)
