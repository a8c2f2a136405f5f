;;; pipe-mode.el --- Major mode for SageMaker pipelines in .pipe files -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; SPDX-License-Identifier: Apache-2.0

;;; Commentary:

;; A major mode for the programs that sagepipec compiles to Amazon SageMaker
;; pipelines: highlighting, indentation, imenu, and the language server (Eglot):
;;
;;     (require 'pipe-mode)
;;     (add-hook 'pipe-mode-hook #'eglot-ensure)
;;
;; Set the server's settings in `eglot-workspace-configuration':
;;
;;     (setq-default eglot-workspace-configuration
;;                   '(:sagepipec (:region "us-west-2" :set (:env "prod"))))

;;; Code:

(require 'url-util)

(declare-function eglot-current-server "eglot")
(declare-function jsonrpc-request "jsonrpc")
(defvar eglot-server-programs)

(defgroup pipe nil
  "SageMaker pipelines in .pipe files."
  :group 'languages
  :prefix "pipe-")

(defcustom pipe-indent-offset 4
  "Columns per indentation level."
  :type 'integer
  :safe #'integerp)

(defcustom pipe-compiler "sagepipec"
  "The compiler: a path, or the name of a command on variable `exec-path'."
  :type 'string
  :risky t)

;; The groups of words of the compiler's lexer.  All words but the reserved ones
;; are contextual: they are ordinary names elsewhere.

(defconst pipe-reserved-words
  '("true" "false" "null" "and" "or" "not" "in" "for" "if" "else"))

(defconst pipe-declaration-words
  '("import" "pipeline" "param" "config" "let" "step" "condition" "kind" "component"
    "export" "use" "defaults" "function" "schedule" "assert" "shape" "enum" "type" "test"
    "foreach"))

(defconst pipe-clause-words
  '("depends" "cache" "retry" "property" "output" "when" "given" "expect" "arguments"
    "keys" "properties" "clauses" "require" "terminal" "advise" "writes" "makes" "deploys" "needs"
    "on" "pick"))

(defconst pipe-inner-words
  '("as" "from" "off" "file" "at" "without" "by" "literal" "exactly" "least" "most"
    "one" "of" "below" "failure" "stop" "any" "end" "max" "min"))

(defconst pipe-types
  '("String" "Integer" "Float" "Boolean" "Scalar" "Any" "List" "Map"))

(defconst pipe--start "\\(?:^\\|[{},]\\)[ \t]*"
  "The start of a declaration, clause or field.")

(defconst pipe--name "[[:alpha:]_][[:alnum:]_]*")

;;; Highlighting

(defun pipe--match-statement (words behind limit)
  "Find one of WORDS that begins a statement before LIMIT.
BEHIND is a regular expression that must match after the word."
  (let ((pattern (concat pipe--start "\\(" (regexp-opt words 'symbols) "\\)"))
        found)
    (while (and (not found) (re-search-forward pattern limit t))
      (setq found (and (looking-at-p behind) (not (looking-at-p "[ \t]*\\??[ \t]*:")))))
    found))

(defun pipe--match-declaration (limit)
  "Find the word of a declaration before LIMIT."
  (pipe--match-statement pipe-declaration-words "[ \t]+[\"{([:alnum:]_[-]" limit))

(defun pipe--match-clause (limit)
  "Find the word of a clause before LIMIT."
  (pipe--match-statement pipe-clause-words "[ \t]*\\(?:$\\|}\\)\\|[ \t]+[\"{([:alnum:]_[-]" limit))

(defvar pipe-font-lock-keywords
  `((,(concat "\\(?:^\\|[{(,]\\)[ \t]*\\(" pipe--name "\\)[ \t]*\\??[ \t]*:") 1 font-lock-variable-name-face)
    (,(concat "\\.[ \t]*\\(" pipe--name "\\)") 1 'default)
    (pipe--match-declaration
     (1 font-lock-keyword-face)
     (,(concat "\\=[ \t]+\\(" pipe--name "\\)") nil nil (1 font-lock-type-face)))
    (pipe--match-clause 1 font-lock-keyword-face)
    ("\\_<\\(?:depends\\|retry\\)[ \t]+\\(on\\)\\_>" 1 font-lock-keyword-face)
    (,(concat "\\_<" (regexp-opt '("true" "false" "null") t) "\\_>") 1 font-lock-constant-face)
    (,(regexp-opt pipe-reserved-words 'symbols) . font-lock-keyword-face)
    (,(concat (regexp-opt pipe-inner-words 'symbols)
              "\\(?:[ \t]*\\(?:$\\|}\\)\\|[ \t]+\\(?:[\"{]\\|" pipe--name "\\)\\)")
     1 font-lock-keyword-face)
    (,(concat "\\_<\\(" pipe--name "\\)(") 1 font-lock-function-name-face)
    (,(regexp-opt pipe-types 'symbols) . font-lock-type-face)
    (,(regexp-opt '("Pipeline" "Execution" "Step" "PipelineExperimentConfig") 'symbols) . font-lock-builtin-face)
    ("\\${[^}\n]*}" 0 font-lock-preprocessor-face prepend))
  "Font lock keywords of `pipe-mode'.")

;;; Strings

(defun pipe--skip-string ()
  "Move past the string that begins at point; nil if it is not closed.
The code in `${}' may contain strings of its own."
  (let* ((quotes (if (looking-at-p "\"\"\"") "\"\"\"" "\""))
         (is-short (= (length quotes) 1))
         done)
    (forward-char (length quotes))
    (while (not done)
      (skip-chars-forward (if is-short "^\"\\\\$\n" "^\"\\\\$"))
      (cond ((or (eobp) (eolp)) (setq done 'lost))
            ((looking-at-p quotes) (forward-char (length quotes)) (setq done 'closed))
            ((eq (char-after) ?\\) (forward-char (min 2 (- (point-max) (point)))))
            ((looking-at-p "\\${") (forward-char 2) (unless (pipe--skip-code) (setq done 'lost)))
            (t (forward-char))))
    (eq done 'closed)))

(defun pipe--skip-code ()
  "Move past the brace that ends the code of a `${}'; nil if there is none."
  (let ((depth 1))
    (while (and (> depth 0) (not (eobp)))
      (skip-chars-forward "^\"{}")
      (pcase (char-after)
        (?\" (unless (pipe--skip-string) (goto-char (point-max))))
        (?{ (setq depth (1+ depth)) (forward-char))
        (?} (setq depth (1- depth)) (forward-char))))
    (= depth 0)))

(defun pipe--mark-quote (position syntax)
  "Give the quote at POSITION the syntax that the string SYNTAX describes."
  (put-text-property position (1+ position) 'syntax-table (string-to-syntax syntax)))

(defun pipe-syntax-propertize (start end)
  "Mark the first and last quote of the strings between START and END."
  (goto-char start)
  (let ((inside (nth 8 (syntax-ppss))))
    (when inside (goto-char inside)))
  (while (and (< (point) end) (re-search-forward "\"\\|//\\|/\\*" end t))
    (let ((at (match-beginning 0)))
      (pcase (match-string 0)
        ("//" (end-of-line))
        ("/*" (unless (search-forward "*/" nil t) (goto-char (point-max))))
        (_ (goto-char at)
           (if (pipe--skip-string)
               (let ((close (1- (point))))
                 (save-excursion
                   (goto-char (1+ at))
                   (while (search-forward "\"" close t)
                     (pipe--mark-quote (1- (point)) ".")))
                 (pipe--mark-quote at "|")
                 (pipe--mark-quote close "|"))
             (pipe--mark-quote at ".")
             (goto-char (1+ at))))))))

(defvar pipe-mode-syntax-table
  (let ((table (make-syntax-table)))
    (modify-syntax-entry ?/ ". 124b" table)
    (modify-syntax-entry ?* ". 23" table)
    (modify-syntax-entry ?\n "> b" table)
    (modify-syntax-entry ?\" "\"" table)
    (modify-syntax-entry ?\\ "\\" table)
    (modify-syntax-entry ?_ "_" table)
    (dolist (sign '(?+ ?- ?% ?< ?> ?= ?| ?& ?$))
      (modify-syntax-entry sign "." table))
    table)
  "Syntax table of `pipe-mode'.")

;;; Indentation

(defconst pipe--goes-on
  (concat "[ \t]*\\(?:\\.\\(?:[^.]\\|\\'\\)\\|[?:=*%|<>+-]\\|/[^/*]\\|!=\\|"
          "\\_<\\(?:and\\|or\\|in\\|if\\)\\_>\\(?:[ \t]*\\(?:[^ \t?:]\\|\\?\\?\\)\\)\\)")
  "The start of a line that continues the previous one.")

(defconst pipe--unfinished
  "\\(?:[-+*%|=<:?/]\\|[ \t]>\\|\\_<\\(?:and\\|or\\|not\\|in\\)\\_>\\)\\="
  "The end of a line that the next one continues.")

(defconst pipe--list
  (concat "[ \t]*"
          (regexp-opt '("assert" "defaults" "depends" "retry" "on" "require" "advise" "writes"
                        "deploys" "properties" "clauses" "type" "shape")
                      'symbols)
          "[ \t]+[^:?]")
  "A statement that takes a list without brackets.")

(defun pipe--list-p (base)
  "Whether the statement at point, at column BASE, takes a list without brackets."
  (while (and (> (current-indentation) base) (zerop (forward-line -1))))
  (beginning-of-line)
  (looking-at-p pipe--list))

(defun pipe--continued-p (opener base)
  "Whether the line before point is unfinished.
OPENER is the position of the enclosing bracket or nil, BASE the column of
statements in it."
  (save-excursion
    (beginning-of-line)
    (forward-comment (- (point)))
    (and (> (point) (or opener 0))
         (or (looking-back pipe--unfinished (line-beginning-position))
             (and (eq (char-before) ?,)
                  (memq (and opener (char-after opener)) '(nil ?{))
                  (pipe--list-p base))))))

(defun pipe--column ()
  "The indentation of the line at point; nil inside a string."
  (save-excursion
    (back-to-indentation)
    (let* ((state (save-excursion (syntax-ppss (line-beginning-position))))
           (opener (nth 1 state))
           (outer (if opener (save-excursion (goto-char opener) (current-indentation)) 0))
           (base (if opener (+ outer pipe-indent-offset) 0)))
      (cond ((nth 3 state) nil)
            ((memq (char-after) '(?} ?\] ?\))) outer)
            ((and (looking-at-p pipe--goes-on) (not (looking-at-p "//\\|/\\*"))) (+ base pipe-indent-offset))
            ((pipe--continued-p opener base) (+ base pipe-indent-offset))
            (t base)))))

(defun pipe-indent-line ()
  "Indent the line at point."
  (interactive)
  (let ((column (pipe--column)))
    (if (not column)
        'noindent
      (if (<= (current-column) (current-indentation))
          (indent-line-to column)
        (save-excursion (indent-line-to column))))))

;;; The mode

(defvar pipe-imenu-generic-expression
  (mapcar (lambda (word)
            (list (capitalize word) (concat "^[ \t]*" word "[ \t]+\\(" pipe--name "\\)[ \t]*[^: \t\n]*") 1))
          '("param" "config" "let" "function" "kind" "component" "shape" "enum" "type" "schedule"))
  "What imenu lists besides steps, instances and conditions.")

(defvar pipe-mode-map
  (let ((map (make-sparse-keymap)))
    (define-key map (kbd "C-c C-c") #'pipe-check)
    (define-key map (kbd "C-c C-d") #'pipe-show-definition)
    (define-key map (kbd "C-c C-v") #'pipe-show-diff)
    (define-key map (kbd "C-c C-t") #'pipe-show-graph)
    map)
  "Keys of `pipe-mode'.")

;;;###autoload
(define-derived-mode pipe-mode prog-mode "Pipe"
  "Major mode for SageMaker pipelines in .pipe files."
  (setq-local comment-start "// "
              comment-start-skip "\\(?://+\\|/\\*+\\)[ \t]*"
              comment-end ""
              indent-line-function #'pipe-indent-line
              indent-tabs-mode nil
              tab-width pipe-indent-offset
              electric-indent-chars (append "}])" electric-indent-chars)
              syntax-propertize-function #'pipe-syntax-propertize
              imenu-generic-expression
              (cons (list nil (concat "^[ \t]*\\(?:step\\|use\\|condition\\|foreach\\)[ \t]+\\(" pipe--name "\\)") 1)
                    pipe-imenu-generic-expression)
              font-lock-defaults '(pipe-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.pipe\\'" . pipe-mode))

;;; The compiler and its language server

(defun pipe-check ()
  "Check the program of this buffer; \\[next-error] visits the next error."
  (interactive)
  (compile (format "%s --check --message-format gcc %s" (shell-quote-argument pipe-compiler)
                   (shell-quote-argument (file-name-nondirectory (or buffer-file-name (user-error "No file here")))))))

(defun pipe--show (command name &rest arguments)
  "Run COMMAND of the server with ARGUMENTS and show the text in a buffer NAME."
  (let* ((server (or (eglot-current-server) (user-error "The language server is not running: M-x eglot")))
         (uri (concat "file://" (url-hexify-string (file-truename buffer-file-name) url-path-allowed-chars)))
         (answer (jsonrpc-request server :workspace/executeCommand
                                  (list :command command :arguments (vconcat (list uri) arguments)))))
    (with-current-buffer (get-buffer-create name)
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (plist-get answer :text))
        (goto-char (point-min)))
      (special-mode)
      (display-buffer (current-buffer)))))

(defun pipe-show-definition ()
  "Show the pipeline definition that the program compiles to."
  (interactive)
  (pipe--show "sagepipec.compile" "*pipe definition*"))

(defun pipe-show-diff ()
  "Show the difference of the program from what is deployed."
  (interactive)
  (pipe--show "sagepipec.diff" "*pipe diff*"))

(defun pipe-show-graph ()
  "Show the graph of the pipeline as text."
  (interactive)
  (pipe--show "sagepipec.graph" "*pipe graph*" "text"))

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons 'pipe-mode (list pipe-compiler "--lsp"))))

(provide 'pipe-mode)

;;; pipe-mode.el ends here
