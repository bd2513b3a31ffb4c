'use strict';
(function () {
    const $ = id => document.getElementById(id);
    const dialog = $('fix'), open = $('open'), list = $('pick');
    const rows = Array.from(list.children);
    const boxes = rows.map(row => row.querySelector('input'));
    const parts = Array.from(dialog.querySelectorAll('button[data-part]'));
    const text = id => $(id).value.trim();
    const plural = (n, word) => n + ' ' + word + (n === 1 ? '' : 's');

    // ISO 7064 MOD 11-2: the last character checks the others.
    function isOrcid(value) {
        const found = /^(?:https?:\/\/orcid\.org\/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3}[\dXx])$/.exec(value);
        if (!found) return false;
        const digits = found.slice(1).join('').toUpperCase();
        let total = 0;
        for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
        const check = (12 - total % 11) % 11;
        return digits[15] === (check === 10 ? 'X' : String(check));
    }

    function collect() {
        const request = { papers: boxes.filter(box => box.checked).map(box => box.value).sort(), from: dialog.dataset.person };
        const chosen = dialog.querySelector('input[name=author]:checked');
        const problems = [];
        let orcidWrong = false;
        if (request.papers.length === 0) problems.push('Select at least one paper.');
        if (!chosen) problems.push('Choose the author.');
        else if (chosen.id === 'new') {
            if (text('orcid')) request.orcid = text('orcid');
            if (text('institution')) request.institution = text('institution');
            if (text('suffix')) request.suffix = text('suffix');
            if (!text('orcid') && !text('institution')) problems.push('A new author needs an ORCID or an institution.');
            else if (dialog.dataset.taken && !text('orcid') && !text('suffix'))
                problems.push('The id ' + dialog.dataset.taken + ' is taken: give an ORCID, or a word for the id.');
            orcidWrong = text('orcid') !== '' && !isOrcid(text('orcid'));
            if (orcidWrong) problems.push('This is not a valid ORCID.');
        } else {
            request.to = chosen.id === 'other' ? text('other-id') : chosen.value;
            if (!request.to) problems.push('Type the id, the page or the ORCID of the other author.');
            if (request.to === request.from) problems.push('The papers are on this author\u2019s page already.');
        }
        if (text('comment')) request.note = text('comment');
        $('orcid').setAttribute('aria-invalid', String(orcidWrong));
        return { request, problems, chosen };
    }

    function update() {
        const { request, problems, chosen } = collect();
        const n = request.papers.length;
        $('count').textContent = n + ' of ' + plural(boxes.length, 'paper') + ' selected';
        for (const button of parts) {
            const own = boxes.filter(box => box.dataset.part === button.dataset.part || button.dataset.part === 'flag' && box.dataset.flag);
            const on = own.filter(box => box.checked).length;
            button.setAttribute('aria-pressed', on === 0 ? 'false' : on === own.length ? 'true' : 'mixed');
        }
        $('within-other').hidden = !$('other').checked;
        $('within-new').hidden = !$('new').checked;
        const ready = problems.length === 0;
        $('request').value = ready ? JSON.stringify(request, null, 2) : '';
        $('copy').disabled = $('save').disabled = !ready;
        const lines = ready ? [plural(n, 'paper') + ' to ' + (chosen.id === 'new' ? 'a new author' : request.to) + ': ready to hand over.'] : problems;
        $('state').className = ready ? 'problems ready' : 'problems';
        // Told again only when it differs, for those who listen.
        if ($('state').textContent !== lines.join('')) {
            $('state').replaceChildren(...lines.map(line => {
                const item = document.createElement('p');
                item.textContent = line;
                return item;
            }));
        }
        $('done').textContent = '';
    }

    function shown() {
        return boxes.filter((box, i) => !rows[i].hidden);
    }

    open.hidden = false;
    open.addEventListener('click', () => { update(); dialog.showModal(); });
    $('close').addEventListener('click', () => dialog.close());
    dialog.addEventListener('input', event => { if (event.target.id !== 'filter' && event.target.id !== 'order') update(); });
    for (const button of parts) {
        button.addEventListener('click', () => {
            const on = button.getAttribute('aria-pressed') !== 'true';
            for (const box of boxes)
                if (box.dataset.part === button.dataset.part || button.dataset.part === 'flag' && box.dataset.flag) box.checked = on;
            update();
        });
    }
    $('every').addEventListener('click', () => { for (const box of shown()) box.checked = true; update(); });
    $('none').addEventListener('click', () => { for (const box of boxes) box.checked = false; update(); });
    $('filter').addEventListener('input', () => {
        const words = $('filter').value.toLowerCase().split(/\s+/).filter(Boolean);
        for (const row of rows) {
            const content = row.textContent.toLowerCase();
            row.hidden = !words.every(word => content.includes(word));
        }
    });
    if ($('order')) $('order').addEventListener('change', () => {
        const byPart = $('order').value === 'part';
        const rank = row => parts.findIndex(button => button.dataset.part === row.querySelector('input').dataset.part);
        const order = byPart ? rows.map((row, i) => [rank(row) < 0 ? parts.length : rank(row), i, row])
            .sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(entry => entry[2]) : rows;
        list.append(...order);
    });
    $('copy').addEventListener('click', async () => {
        try {
            await navigator.clipboard.writeText($('request').value);
            $('done').textContent = 'Copied.';
        } catch {
            // Without the right to use the clipboard, the old way.
            $('request').select();
            $('done').textContent = document.execCommand('copy') ? 'Copied.' : 'Selected: copy it with the keyboard.';
        }
    });
    $('save').addEventListener('click', () => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob([$('request').value + '\n'], { type: 'application/json' }));
        link.download = 'assignment-' + dialog.dataset.person.replace(/[^a-z0-9-]+/gi, '-') + '.json';
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60000);
        $('done').textContent = 'Saved as ' + link.download + '.';
    });
    update();
})();
