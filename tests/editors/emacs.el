;;; emacs.el --- Test Emacs and Eglot with the language server -*- lexical-binding: t; -*-

;;; Commentary:

;; Runs in a copy of samples/abalone.  Prints TAP without numbers.

;;; Code:

(defvar tests-directory (expand-file-name "emacs" (getenv "EDITORS")))
(add-to-list 'load-path tests-directory)
;; Debian installs Eglot here.  Emacs 29 and later include it.
(let ((default-directory "/usr/share/emacs/site-lisp/elpa/"))
  (when (file-directory-p default-directory)
    (normal-top-level-add-subdirs-to-load-path)))
(require 'pipe-mode)
(require 'eglot)
(require 'flymake)
(require 'xref)
(require 'imenu)

(defvar tests-seconds (string-to-number (or (getenv "TEST_SECONDS") "120")))

(defun tests-ok (passed name &optional reason)
  "Report the test NAME, and REASON if it has not PASSED."
  (princ (format "%sok - %s\n" (if passed "" "not ") name))
  (unless passed
    (dolist (line (split-string (format "%s" reason) "\n"))
      (princ (format "# %s\n" line)))))

(defun tests-wait (condition)
  "Wait until the function CONDITION returns non-nil, and return its value."
  (let ((end (+ (float-time) tests-seconds)) found)
    (while (not (or (setq found (funcall condition)) (> (float-time) end)))
      (accept-process-output nil 0.02)
      (sit-for 0))
    found))

(defun tests-go-to (text &optional after)
  "Go to the first occurrence of TEXT, or, if AFTER is non-nil, to its end."
  (goto-char (point-min))
  (let ((case-fold-search nil))
    (search-forward text))
  (unless after
    (goto-char (match-beginning 0))))

(defun tests-face (program text)
  "Return the face of TEXT in PROGRAM."
  (with-temp-buffer
    (insert program)
    (pipe-mode)
    (font-lock-ensure)
    (tests-go-to text)
    (get-text-property (point) 'face)))

(defun tests-mode ()
  "Test the mode without a server."
  (dolist (case '(("step A: B { cache for \"P1D\" }" "step" font-lock-keyword-face)
                  ("step A: B { cache for \"P1D\" }" "A" font-lock-type-face)
                  ("step A: B { cache for \"P1D\" }" "cache" font-lock-keyword-face)
                  ("step A: B {\n    cache: 1\n}" "cache" font-lock-variable-name-face)
                  ("let a = { if: 1 }" "if" font-lock-variable-name-face)
                  ("let a = b ? true : c" "true" font-lock-constant-face)
                  ("let a = B.step" "step" default)
                  ("let a = \"x ${f(\"in\")} y\" // z" "in" (font-lock-preprocessor-face font-lock-string-face))
                  ("let a = \"x ${f(\"in\")} y\" // z" " y" font-lock-string-face)
                  ("let a = \"s3://b\" in c" "//" font-lock-string-face)
                  ("let a = \"\"\"\n \"b\" step\n\"\"\"\nlet c = 1" "step" font-lock-string-face)
                  ("let a = \"\"\"\n \"b\" step\n\"\"\"\nlet c = 1" "let c" font-lock-keyword-face)
                  ("step A: B {\n    depends on C\n}" "on" font-lock-keyword-face)
                  ("step A: B {\n    on failure of C\n}" "on" font-lock-keyword-face)
                  ("step A: B {\n    on failure of C\n}" "failure" font-lock-keyword-face)
                  ("step A: B {\n    on: 1\n}" "on" font-lock-variable-name-face)
                  ("let file = 1" "file" font-lock-type-face)))
    (let ((found (tests-face (car case) (nth 1 case))))
      (tests-ok (equal found (nth 2 case)) (format "the face of %s is right in %s" (nth 1 case) (car (split-string (car case) "\n"))) found)))
  (let (wrong)
    (dolist (file (directory-files-recursively (getenv "SAMPLES") "\\.pipe\\'"))
      (with-temp-buffer
        (insert-file-contents file)
        (pipe-mode)
        (let ((before (buffer-string))
              (inhibit-message t))
          (indent-region (point-min) (point-max))
          (unless (string= before (buffer-string))
            (push (format "%s: %s" file (compare-strings before nil nil (buffer-string) nil nil)) wrong)))))
    (tests-ok (not wrong) "indenting the samples again changes nothing" wrong))
  (with-temp-buffer
    (insert-file-contents "abalone.pipe")
    (pipe-mode)
    (let ((index (imenu--make-index-alist t)))
      (tests-ok (and (assoc "AbaloneTrain" index) (assoc "MseThreshold" (assoc "Param" index))) "imenu lists the declarations" index))))

(defun tests-compile ()
  "Test that the mode compiles without a warning and passes checkdoc."
  (let ((byte-compile-error-on-warn t)
        (inhibit-message t)
        (file (expand-file-name "pipe-mode.el" tests-directory)))
    (tests-ok (byte-compile-file file) "pipe-mode.el compiles without a warning"
              (with-current-buffer (get-buffer-create "*Compile-Log*") (buffer-string)))
    (require 'checkdoc)
    (let (complaints)
      (cl-letf (((symbol-function 'checkdoc-error) (lambda (_ message) (push message complaints) nil))
                ((symbol-function 'checkdoc-create-error) (lambda (text &rest _) (push text complaints) nil)))
        (with-current-buffer (find-file-noselect file)
          (checkdoc-current-buffer t)))
      (tests-ok (not complaints) "pipe-mode.el passes checkdoc" complaints))))

(defun tests-open (file)
  "Visit FILE and connect with the server."
  (switch-to-buffer (find-file-noselect file))
  (apply #'eglot (eglot--guess-contact)))

(defun tests-eglot ()
  "Test what a user does with Eglot."
  (tests-open "broken.pipe")
  (tests-ok (eq major-mode 'pipe-mode) "a .pipe file opens in pipe-mode" major-mode)
  (tests-ok (eglot-current-server) "Eglot starts the server")
  (flymake-start nil)
  (let ((found (tests-wait #'flymake-diagnostics)))
    (tests-ok (and found (string-match-p "S3ModelArtifact" (flymake-diagnostic-text (car found)))
                   (= 20 (line-number-at-pos (flymake-diagnostic-beg (car found)))))
              "a mistake is shown" (mapcar #'flymake-diagnostic-text found)))
  (tests-go-to "S3ModelArtifact" t)
  (insert "s")
  (eglot--signal-textDocument/didChange)
  (flymake-start nil)
  (tests-wait (lambda () (not (flymake-diagnostics))))
  (tests-ok (not (flymake-diagnostics)) "a mistake disappears when it is corrected" (flymake-diagnostics))

  (tests-go-to "AbaloneTrain.ModelArtifacts." t)
  (let* ((capf (eglot-completion-at-point))
         (found (all-completions "" (nth 2 capf))))
    (tests-ok (member "S3ModelArtifacts" found) "members of a property are completed" found))

  (tests-go-to "trained), input(")
  (let ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
    (tests-ok (and (= 1 (length found)) (= 20 (xref-location-line (xref-item-location (car found)))))
              "go to definition finds the definition" found))

  (tests-go-to "step AbaloneTrain:")
  (forward-char 5)
  (let ((before (how-many "\\_<AbaloneTrain\\_>" (point-min) (point-max))))
    (eglot-rename "Learn")
    (tests-ok (and (= 0 (how-many "\\_<AbaloneTrain\\_>" (point-min) (point-max)))
                   (= before (how-many "\\_<Learn\\_>" (point-min) (point-max))))
              "rename changes every occurrence" (buffer-string)))
  (set-buffer-modified-p nil)

  (tests-open "messy.pipe")
  (eglot-format-buffer)
  (tests-ok (string= (buffer-string) (with-temp-buffer (insert-file-contents "abalone.pipe") (buffer-string)))
            "formatting gives the formatted program" (buffer-string))
  (set-buffer-modified-p nil)

  (tests-open "abalone.pipe")
  (save-window-excursion
    (pipe-show-definition)
    (tests-ok (string-match-p "\"Version\": \"2020-12-01\"" (with-current-buffer "*pipe definition*" (buffer-string)))
              "pipe-show-definition shows the definition")
    (pipe-show-graph)
    (tests-ok (string-match-p "AbaloneProcess" (with-current-buffer "*pipe graph*" (buffer-string))) "pipe-show-graph shows the graph"))
  (eglot-shutdown (eglot-current-server)))

(let ((eglot-autoreconnect nil)
      (eglot-sync-connect tests-seconds)
      (eglot-confirm-server-initiated-edits nil)
      (make-backup-files nil)
      (create-lockfiles nil))
  (condition-case problem
      (progn
        (tests-mode)
        (tests-compile)
        (tests-eglot)
        (tests-ok t "the script runs to its end"))
    (error (tests-ok nil "the script runs to its end" problem))))

;;; emacs.el ends here
