-- abstract_words: the terms of a text beside its words
SELECT * FROM anthology.abstract_words('The <b>AutoMixAlign</b> models: pre-trained LLMs, O(1/\sqrt{T}).');
SELECT * FROM anthology.abstract_words('');
